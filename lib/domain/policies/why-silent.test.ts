import { describe, expect, it } from "vitest";

import { parseStatement } from "./parse";
import { whySilent } from "./why-silent";

const groups = [{ id: "ocid1.group.local..desk", name: "HelpDesk" }];
const known = [...groups, { id: "ocid1.group.local..fin", name: "Finance" }];

function why(subject: string, theirs = groups): string {
  const parsed = parseStatement(`Allow ${subject} to read users in tenancy`);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return whySilent(parsed.value.subject, { name: "ann", groups: theirs }, known);
}

describe("why a statement says nothing of ann, who is in HelpDesk", () => {
  it.each([
    ["group finance", "ann is not in Finance."],
    ["group id ocid1.group.local..fin", "ann is not in Finance."],
    ["group HelpDsk", "There is no group “HelpDsk”. Did you mean “HelpDesk”?"],
    ["group Payroll", "There is no group “Payroll”."],
    ["group Finance, Payroll", "ann is not in Finance. There is no group “Payroll”."],
    ["group id ocid1.group.local..gone", "There is no group with this OCID."],
    ["group Other/HelpDesk", "There is no domain “Other” here, only Default."],
    ["dynamic-group machines", "It is for machines of Oracle’s cloud, and no user is one."],
    ["service objectstorage", "It is for machines of Oracle’s cloud, and no user is one."],
  ])("%s", (subject, sentence) => {
    expect(why(subject)).toBe(sentence);
  });

  it("any-group, to whoever is in none", () => {
    expect(why("any-group", [])).toBe("ann is in no group.");
  });
});
