import { readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/**
 * What a suite came to. `failures` tells each failed test and why, for whoever sees the end of a log only. `crash` says
 * why a result cannot be trusted although no test failed; it counts as one failure.
 * @typedef {{ passed: number, failed: number, failures: string[], skipped: string[], crash?: string }} Result
 */

/** A check has no tests of its own: it passes or fails as a whole. */
export function checkResult(code) {
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, failures: [], skipped: [] };
}

export function vitestResult(code, report) {
  if (report === undefined) return crashed(`it ended with code ${code} and no report`);
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  // A file that cannot even be loaded has no tests, and must not pass unseen.
  const brokenFiles = report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every(isNotFailed),
  );
  const failed = tests.filter((test) => !isNotFailed(test));
  return judged(code, {
    passed: tests.filter((test) => test.status === "passed").length,
    failed: failed.length + brokenFiles.length,
    failures: [
      ...failed.map((test) => told(test.fullName, test.failureMessages?.[0])),
      ...brokenFiles.map((file) => told(file.name, file.message)),
    ],
    skipped: tests
      .filter((test) => isNotFailed(test) && test.status !== "passed")
      .map((test) => test.fullName),
  });
}

export function playwrightResult(code, report) {
  if (report === undefined) return crashed(`it ended with code ${code} and no report`);
  const tests = report.suites.flatMap((suite) => playwrightTests(suite, []));
  const failed = tests.filter((test) => test.status === "unexpected");
  return judged(code, {
    passed: tests.filter((test) => test.status === "expected" || test.status === "flaky").length,
    failed: failed.length,
    failures: failed.map((test) => told(test.name, test.error)),
    skipped: tests.filter((test) => test.status === "skipped").map((test) => test.name),
  });
}

/** The report that a runner wrote; undefined when it wrote none or half of one. */
export function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

export function crashed(reason) {
  return { passed: 0, failed: 1, failures: [], skipped: [], crash: reason };
}

/** A name, and the first lines of what was wrong. */
function told(name, message = "") {
  const lines = stripVTControlCharacters(message).split("\n");
  const reason = lines.filter((line) => line.trim() !== "" && !/^\s+at /.test(line)).slice(0, 8);
  return [name, ...reason.map((line) => `    ${line}`)].join("\n");
}

function judged(code, result) {
  if (result.failed > 0) return result;
  if (code !== 0)
    return { ...result, failed: 1, crash: `it ended with code ${code} although no test failed` };
  if (result.passed === 0) return { ...result, failed: 1, crash: "it ran no test" };
  return result;
}

function isNotFailed(test) {
  return test.status !== "failed";
}

function playwrightTests(suite, above) {
  const titles = [...above, suite.title];
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests.map(({ status, results }) => ({
      name: [...titles, spec.title].join(" › "),
      status,
      error: results?.at(-1)?.error?.message,
    })),
  );
  return [...own, ...(suite.suites ?? []).flatMap((inner) => playwrightTests(inner, titles))];
}
