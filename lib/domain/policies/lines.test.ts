import { describe, expect, it } from "vitest";

import { grantedByTexts } from "./authority";
import { completeIn, problemsIn, statementsIn, warningsIn } from "./lines";

const desk = "Allow group Desk to read users in tenancy";
const holding = (...texts: string[]) => grantedByTexts(texts);
const everything = holding("Allow any-user to manage all-resources in tenancy");

describe("the text of a policy", () => {
  it("is a statement a line, empty lines apart", () => {
    expect(statementsIn(`\n  ${desk}  \n\n${desk}\r\n`)).toEqual([desk, desk]);
  });

  it("says what is wrong and where in the whole", () => {
    const text = `${desk}\n\n  Allow group Desk to raed users in tenancy`;
    const [problem, ...others] = problemsIn(text);
    expect(others).toEqual([]);
    expect(problem).toMatchObject({ statement: 2, character: 23 });
    expect(text.slice(problem?.start, problem?.end)).toBe("raed");
  });

  it("says where an unfinished statement ends", () => {
    const text = "Allow group Desk to\nAllow";
    expect(problemsIn(text)).toMatchObject([
      { statement: 1, start: 19, end: 19, message: expect.stringContaining("not finished") },
      { statement: 2, start: 25, end: 25 },
    ]);
  });

  it("is completed in the line of the cursor", () => {
    const names = { groups: ["HelpDesk", "Finance"] };
    expect(completeIn(`${desk}\nAllow group H`, desk.length + 14, names)).toEqual({
      start: desk.length + 13,
      end: desk.length + 14,
      words: ["HelpDesk"],
    });
    expect(completeIn(`${desk}\n`, 3, names)).toMatchObject({ start: 0, words: ["Allow"] });
  });
});

describe("what is probably not meant", () => {
  const warnings = (text: string, groups: string[] | undefined = ["Desk"], mine = everything) =>
    warningsIn(text, { groups, mine });

  it("is a group that does not exist, as long as all are known", () => {
    const text = "Allow group desk, Desks to read users in tenancy";
    expect(warnings(text)).toEqual([
      "Statement 1: there is no group “Desks” yet. Did you mean “Desk”?",
    ]);
    expect(warningsIn(text, { groups: undefined, mine: everything })).toEqual([]);
  });

  it.each([
    [
      "request.operation = 'LisUsers'",
      "there is no operation “LisUsers”, so its condition is never met. Did you mean “ListUsers”?",
    ],
    [
      "request.operation != 'ReadAuditEvents'",
      "there is no operation “ReadAuditEvents”, so its condition is always met.",
    ],
    [
      "all {request.operation = 'ListUsers', request.permission = 'USER_INSPCT'}",
      "there is no permission “USER_INSPCT”, so its condition is never met. Did you mean “USER_INSPECT”?",
    ],
    [
      "any {target.group.name = 'Dekk', target.group.name = 'Dekk'}",
      "there is no group “Dekk”, so its condition is never met. Did you mean “Desk”?",
    ],
    ["request.operation = /Fetch*/", "no operation fits /Fetch*/, so its condition is never met."],
  ])("is a comparison with what is not there: %s", (condition, sentence) => {
    const text = `${desk} where ${condition}`;
    expect(warnings(text)).toContain(`Statement 1: ${sentence}`);
    expect(warnings(text).filter((each) => each.includes("condition is"))).toHaveLength(1);
  });

  it.each([
    "request.operation = 'listusers'",
    "request.operation = /List*/",
    "any {request.permission = 'USER_INSPECT', request.permission != /GROUP_*/}",
    "target.group.name != 'DESK'",
    "target.user.name = 'nobody'",
    "target.user.id = 'ocid1.user.gone'",
  ])("is no comparison with what is there, or with people: %s", (condition) => {
    expect(warnings(`${desk} where ${condition}`)).toEqual([]);
  });

  it("is no group in a condition, as long as not all groups are known", () => {
    const text = `${desk} where target.group.name = 'Dekk'`;
    expect(warningsIn(text, { groups: undefined, mine: everything })).toEqual([]);
  });

  it("is a compartment", () => {
    expect(warnings(`${desk}\nAllow group Desk to read users in compartment A`)).toEqual([
      "Statement 2: users, groups and policies belong to the tenancy; for a compartment it gives nothing.",
    ]);
  });

  it("is what the writer does not hold", () => {
    const mine = holding("Allow any-user to inspect users in tenancy");
    expect(warnings("Allow group Desk to inspect users in tenancy", ["Desk"], mine)).toEqual([]);
    expect(warnings(desk, ["Desk"], mine)).toEqual([
      "Statement 1: it is refused: you do not hold USER_READ, CREDENTIAL_INSPECT yourself.",
    ]);
    expect(warnings("Allow group Desk to manage users in tenancy", ["Desk"], mine)[0]).toMatch(
      /and more yourself\.$/,
    );
  });
});
