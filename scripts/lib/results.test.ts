import { describe, expect, it } from "vitest";

import { checkResult, playwrightResult, vitestResult } from "./results.mjs";

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((test) => ({ status: test, fullName: `a ${test} test` })),
});
const vitestReport = (...testResults: object[]) => ({ testResults });
const playwrightReport = (...statuses: string[]) => ({
  suites: [
    {
      title: "keys.spec.ts",
      suites: [
        {
          title: "keys",
          specs: statuses.map((status) => ({ title: status, tests: [{ status }] })),
        },
      ],
    },
  ],
});

describe("the result of a suite", () => {
  it.each([
    ["all passed", 0, vitestReport(file("passed", "passed", "passed")), { passed: 2, failed: 0 }],
    ["one failed", 1, vitestReport(file("failed", "passed", "failed")), { passed: 1, failed: 1 }],
    [
      "a file that cannot be loaded",
      1,
      vitestReport(file("passed", "passed"), file("failed")),
      { passed: 1, failed: 1 },
    ],
    [
      "an unhandled error after passing tests",
      1,
      vitestReport(file("passed", "passed")),
      { passed: 1, failed: 1 },
    ],
    ["nothing ran", 0, vitestReport(), { passed: 0, failed: 1 }],
    ["only skipped tests", 0, vitestReport(file("passed", "skipped")), { passed: 0, failed: 1 }],
    ["no report", 0, undefined, { passed: 0, failed: 1 }],
  ])("vitest: %s", (_, code, report, expected) => {
    expect(vitestResult(code, report)).toMatchObject(expected);
  });

  it.each([
    ["passed and flaky", 0, playwrightReport("expected", "flaky"), { passed: 2, failed: 0 }],
    ["one failed", 1, playwrightReport("expected", "unexpected"), { passed: 1, failed: 1 }],
    ["a server that did not start", 1, { suites: [] }, { passed: 0, failed: 1 }],
    ["no report", 1, undefined, { passed: 0, failed: 1 }],
  ])("playwright: %s", (_, code, report, expected) => {
    expect(playwrightResult(code, report)).toMatchObject(expected);
  });

  it("tells what failed, and why", () => {
    const assertion = {
      status: "failed",
      fullName: "limits hold",
      failureMessages: ["AssertionError: expected 3\n    at file.ts:1:1"],
    };
    const broken = { status: "failed", name: "broken.test.ts", message: "No such module" };
    const report = vitestReport(
      { status: "failed", assertionResults: [assertion] },
      { ...broken, assertionResults: [] },
    );
    expect(vitestResult(1, report).failures).toEqual([
      "limits hold\n    AssertionError: expected 3",
      "broken.test.ts\n    No such module",
    ]);
    const message = "\u001B[31mError: not visible\u001B[39m";
    const spec = {
      title: "asks",
      tests: [{ status: "unexpected", results: [{ error: { message } }] }],
    };
    expect(
      playwrightResult(1, { suites: [{ title: "limits.spec.ts", specs: [spec] }] }).failures,
    ).toEqual(["limits.spec.ts › asks\n    Error: not visible"]);
  });

  it("names what was skipped", () => {
    expect(vitestResult(0, vitestReport(file("passed", "passed", "todo"))).skipped).toEqual([
      "a todo test",
    ]);
    expect(playwrightResult(0, playwrightReport("expected", "skipped")).skipped).toEqual([
      "keys.spec.ts › keys › skipped",
    ]);
  });

  it("of a check is one", () => {
    expect(checkResult(0)).toMatchObject({ passed: 1, failed: 0 });
    expect(checkResult(2)).toMatchObject({ passed: 0, failed: 1 });
  });
});
