import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Caller } from "@/lib/domain/caller";
import { makeCaller, makePerson } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { addUserToGroup } from "../groups/add-user-to-group";
import { createGroup } from "../groups/create-group";
import { createPolicy } from "./create-policy";
import { explainPolicies } from "./explain-policies";

/** What *Explain* answers; that it is the answer of `may` is proved in lib/domain. */
let test: TestRuntime;
let host: Caller;
beforeAll(async () => {
  test = await startTestRuntime();
  host = await makeCaller({ isAdministrator: true });
});
afterAll(() => test.stop());

async function desk() {
  const name = `desk-${randomUUID().slice(0, 8)}`;
  const group = await createGroup(host, { name, description: "" });
  const statement = `Allow group ${name} to manage users in tenancy`;
  await createPolicy(host, { name, description: "", statements: [statement] });
  const person = await makePerson();
  await addUserToGroup(host, { userId: person.id, groupId: group.id });
  return { person, group, statement };
}

const ask = async (question: Record<string, string>) =>
  explainPolicies(await makeCaller({ isAdministrator: true }), question);

describe("Explain", () => {
  it("names what is needed and the statements that decide, by name or OCID", async () => {
    const { person, statement } = await desk();
    const other = await makePerson();
    const operation = "CreateOrResetUIPassword";
    for (const [user, targetUser] of [
      [person.name.toUpperCase(), other.name],
      [person.id, other.id],
    ]) {
      const { answer } = await ask({ user: user ?? "", operation, targetUser: targetUser ?? "" });
      expect(answer).toMatchObject({ isAllowed: true, isOwn: false, lacks: [] });
      expect(answer.needs).toEqual(
        ["USER_UPDATE", "USER_UIPASS_SET", "USER_UIPASS_RESET"].map((permission) => ({
          permission,
          isGranted: true,
        })),
      );
      expect(answer.verdicts[0]).toMatchObject({ text: statement, because: null });
    }
  });

  it("says what the target holds and the user does not", async () => {
    const { person } = await desk();
    const { answer } = await ask({
      user: person.name,
      operation: "DeleteUser",
      targetUser: test.admin.name,
    });
    expect(answer.isAllowed).toBe(false);
    expect(answer.needs.every(({ isGranted }) => isGranted)).toBe(true);
    expect(answer.lacks).toContain("POLICY_CREATE");
  });

  it("says what people may do to themselves, and what nobody gave", async () => {
    const plain = await makePerson();
    const own = await ask({
      user: plain.name,
      operation: "CreateAuthToken",
      targetUser: plain.name,
    });
    expect(own.answer).toMatchObject({ isAllowed: true, isOwn: true });
    const { answer } = await ask({ user: plain.name, operation: "ListUsers" });
    expect(answer).toMatchObject({ isAllowed: false, isOwn: false });
  });

  it("says of each statement that does not speak of the user why, those that would decide first", async () => {
    const { person, group } = await desk();
    const misspelt = `${group.name}x`;
    const statements = [
      `Allow group ${misspelt} to inspect groups in tenancy`,
      `Allow group ${misspelt} to manage policies in tenancy`,
    ];
    await createPolicy(host, { name: misspelt, description: "", statements });
    const { answer, silent, silentCount } = await ask({
      user: person.name,
      operation: "CreatePolicy",
    });
    expect(answer.isAllowed).toBe(false);
    const because = `There is no group “${misspelt}”. Did you mean “${group.name}”?`;
    const ofPolicy = silent.filter(({ policy }) => policy.name === misspelt);
    expect(ofPolicy).toMatchObject([
      { text: statements[1], because, wouldGrant: ["POLICY_CREATE"] },
      { text: statements[0], because, wouldGrant: [] },
    ]);
    expect(silent.find(({ text }) => text.includes("Administrators"))).toMatchObject({
      because: `${person.name} is not in Administrators.`,
      wouldGrant: ["POLICY_CREATE"],
    });
    expect(silentCount).toBe(silent.length);
    const texts = [...answer.verdicts, ...silent].map(({ text }) => text);
    expect(new Set(texts).size).toBe(texts.length);
  });

  it("tells which field names nobody, or is missing", async () => {
    await expect(ask({ user: "nobody", operation: "AddUserToGroup" })).rejects.toMatchObject({
      code: "invalid_input",
      fields: {
        user: "No user has this name or OCID.",
        targetUser: "Name the user it is done to.",
        targetGroup: "Name the group.",
      },
    });
  });

  it("is for whoever may read policies, groups and users", async () => {
    const question = { user: "admin", operation: "ListUsers" };
    await expect(explainPolicies(await makeCaller(), question)).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
