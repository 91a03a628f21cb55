import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, expect, it } from "vitest";

import { makeCaller } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { updateUser } from "./update-user";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
});
afterAll(() => stage.stop());

it("does not replace tags that its writer has not seen, and minds no other change", async () => {
  const administrator = await makeCaller({ isAdministrator: true });
  const { userId } = await makeCaller();
  const seen = { freeformTags: {}, definedTags: {} };
  const tag = (freeformTags: object, read: object = seen) =>
    updateUser(administrator, { userId, freeformTags, definedTags: {}, seen: read });
  await updateUser(administrator, { userId, description: "Counts the money" });
  await tag({ team: "blue" });
  await expect(tag({ floor: "3" })).rejects.toMatchObject({
    code: "stale",
    message: expect.stringContaining("these tags"),
  });
  const current = { ...seen, freeformTags: { team: "blue" } };
  expect(await tag({ team: "blue", floor: "3" }, current)).toMatchObject({
    freeformTags: { team: "blue", floor: "3" },
  });
});

it("replaces nothing by what is asked for twice, and so finds nobody else’s change in the way", async () => {
  const administrator = await makeCaller({ isAdministrator: true });
  const { userId } = await makeCaller();
  const seen = { freeformTags: {}, definedTags: {} };
  const asked = { freeformTags: { team: "blue" }, definedTags: { Operations: { floor: 3 } } };
  const save = () => updateUser(administrator, { userId, ...asked, seen });
  await save();
  expect(await save()).toMatchObject(asked);

  const name = `n${randomUUID().slice(0, 12)}`;
  const set = (dbUserName: string | null, read: string | null) =>
    updateUser(administrator, { userId, dbUserName, reason: "a test", seen: { dbUserName: read } });
  await set(name, null);
  expect(await set(name, null)).toMatchObject({ dbUserName: name });
  await set(null, name);
  expect(await set(null, name)).toMatchObject({ dbUserName: null });
});

it("minds what was seen of the part alone that is changed", async () => {
  const administrator = await makeCaller({ isAdministrator: true });
  const { userId } = await makeCaller();
  await updateUser(administrator, { userId, definedTags: { Operations: { floor: 3 } } });
  const seen = { freeformTags: {}, definedTags: {}, dbUserName: "never" };
  expect(
    await updateUser(administrator, { userId, freeformTags: { team: "blue" }, seen }),
  ).toMatchObject({ freeformTags: { team: "blue" }, definedTags: { Operations: { floor: 3 } } });
});

it("does not replace a database user name that its writer has not seen", async () => {
  const owner = await makeCaller();
  const name = `n${randomUUID().slice(0, 12)}`;
  const set = (dbUserName: string | null, seen: string | null) =>
    updateUser(owner, { userId: owner.userId, dbUserName, seen: { dbUserName: seen } });
  await set(name, null);
  await expect(set(`${name}x`, null)).rejects.toMatchObject({
    code: "stale",
    message: expect.stringContaining(name),
  });
  await expect(set(null, `${name}x`)).rejects.toMatchObject({ code: "stale" });
  await set(null, name);
  await expect(set(`${name}x`, name)).rejects.toMatchObject({
    code: "stale",
    message: expect.stringContaining("deleted"),
  });
});
