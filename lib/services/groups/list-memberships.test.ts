import { afterAll, beforeAll, expect, it } from "vitest";

import type { Caller } from "@/lib/domain/caller";
import { makeCaller, makePerson } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { addUserToGroup } from "./add-user-to-group";
import { createGroup } from "./create-group";
import { listMemberships } from "./list-memberships";

let stage: TestRuntime;
let admin: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  admin = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());

it("finds members as the users' list finds users: by any part whatever its case, by two letters at the beginning", async () => {
  const { id: groupId } = await createGroup(admin, { name: "Members", description: "" });
  for (const name of ["Maria.Rossi", "marian_novak", "oma.maria"]) {
    const { id: userId } = await makePerson({ name });
    await addUserToGroup(admin, { userId, groupId });
  }
  const names = async (search: string) =>
    (await listMemberships(admin, { groupId, search })).items.map(({ userName }) => userName);
  expect(await names("MARIA")).toEqual(["Maria.Rossi", "marian_novak", "oma.maria"]);
  expect(await names("n_no")).toEqual(["marian_novak"]);
  expect(await names("MA")).toEqual(["Maria.Rossi", "marian_novak"]);
  expect(await names("a%a")).toEqual([]);
});
