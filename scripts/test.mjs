import { ensureInstalled } from "./lib/ensure.mjs";
import { crashed } from "./lib/results.mjs";
import { Sentence, tellAndExit } from "./lib/run.mjs";
import { isAbsent, suites } from "./lib/suites.mjs";

/** Runs the named suites, or all; with `--full` in the sizes of a release. The last line is the sum. */
async function main(args) {
  const names = args.filter((name) => name !== "--full");
  if (names.length < args.length) process.env.LATCHKEY_FULL = "1";
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    throw new Sentence(
      `There is no suite ${unknown.join(", ")}. There are ${suites.map(({ name }) => name).join(", ")}.`,
    );
  }
  await ensureInstalled();
  const chosen = suites.filter(({ name }) => names.length === 0 || names.includes(name));
  const outcomes = [];
  for (const suite of chosen) {
    const began = performance.now();
    const result = await runSuite(suite);
    outcomes.push({ suite, result, seconds: Math.round((performance.now() - began) / 1_000) });
  }
  tell(outcomes);
}

async function runSuite(suite) {
  if (isAbsent(suite)) return undefined;
  console.log(`\n── ${suite.name}`);
  try {
    return await suite.run();
  } catch (error) {
    console.error(error instanceof Sentence ? error.message : error);
    return crashed("it could not be run");
  }
}

function tell(outcomes) {
  console.log("\n── summary");
  for (const { suite, result, seconds } of outcomes) {
    if (result === undefined) {
      console.log(`${suite.name}: absent`);
      continue;
    }
    const crash = result.crash === undefined ? "" : ` (${result.crash})`;
    console.log(
      `${suite.name}: ${result.passed} passed, ${result.failed} failed in ${seconds} s${crash}`,
    );
    for (const failure of result.failures) console.log(`  failed: ${failure}`);
    for (const name of result.skipped) console.log(`  skipped: ${name}`);
  }
  const results = outcomes.flatMap(({ result }) => result ?? []);
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  const failed = results.reduce((sum, result) => sum + result.failed, 0);
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
  console.log(`${passed} passed, ${failed} failed`);
}

main(process.argv.slice(2)).catch(tellAndExit);
