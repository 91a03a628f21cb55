import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { makeCaller, makePerson } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "../credentials/issue-credential";
import { createOrResetPassword } from "../passwords/create-or-reset-password";
import { createUser } from "./create-user";
import { deleteUser } from "./delete-user";
import { getManagedUser } from "./get-managed-user";
import { getUser } from "./get-user";
import { updateUser } from "./update-user";

let stage: TestRuntime;
let administrator: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  administrator = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());

let count = 0;
const robot = (given: Record<string, unknown>) =>
  createUser(administrator, { name: `robot-${(count += 1)}`, kind: "service", ...given });
const person = () => makePerson({ email: `answers-${(count += 1)}@example.com` });
const atField = (field: string) => ({
  code: "invalid_input",
  fields: { [field]: expect.any(String) },
});

const recipients = async (userId: string) =>
  (
    await runtime().pool.query(
      "select recipient from mails where user_id = $1 and template = 'done_on_behalf'",
      [userId],
    )
  ).rows
    .map(({ recipient }) => recipient)
    .toSorted();

describe("a service user", () => {
  it("has a person who answers for it, and keys but no password", async () => {
    const [owner, deputy] = [await person(), await person()];
    const made = await robot({ owner: owner.name.toUpperCase(), deputy: deputy.name });
    expect(made).toMatchObject({
      kind: "service",
      ownerOfRecord: { id: owner.id, name: owner.name },
      deputy: { id: deputy.id, name: deputy.name },
    });
    expect(JSON.stringify(made)).not.toContain(owner.email);
    await expect(
      createOrResetPassword(administrator, { userId: made.id, reason: "a test" }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    await issueCredential(administrator, {
      ownerId: made.id,
      kind: "auth_token",
      values: { description: "swift" },
      reason: "first",
    });
    expect(await recipients(made.id)).toEqual([owner.email, deputy.email].toSorted());
    // An address of its own silences nobody.
    const email = `own-${made.name}@example.com`;
    await updateUser(administrator, { userId: made.id, email, reason: "address" });
    await issueCredential(administrator, {
      ownerId: made.id,
      kind: "customer_secret_key",
      values: { name: "s3" },
      reason: "second",
    });
    const all = [1, 2, 3].flatMap(() => [owner.email, deputy.email]).concat(email, email);
    expect(await recipients(made.id)).toEqual(all.toSorted());
  });

  it.each([
    ["nobody", {}, "owner"],
    ["somebody who is not there", { owner: "nobody-of-that-name" }, "owner"],
    ["a deputy who is not there", { owner: "admin", deputy: "nobody-of-that-name" }, "deputy"],
    ["one person twice", { owner: "admin", deputy: "ADMIN" }, "deputy"],
  ])("is not made with %s to answer for it", async (_who, given, field) => {
    await expect(robot(given)).rejects.toMatchObject(atField(field));
  });

  it("is not answered for by another service user, and answers for nobody", async () => {
    const machine = await robot({ owner: "admin" });
    await expect(robot({ owner: machine.name })).rejects.toMatchObject(atField("owner"));
  });

  it("changes hands, may lose its deputy, and never its owner but by their deletion", async () => {
    const [first, second] = [await person(), await person()];
    const { id } = await robot({ owner: first.name, deputy: second.name });
    const change = (given: Record<string, unknown>) =>
      updateUser(administrator, { userId: id, reason: "a test", ...given });
    await expect(change({ owner: "" })).rejects.toMatchObject(atField("owner"));
    await expect(change({ owner: second.name })).rejects.toMatchObject(atField("deputy"));
    expect(await change({ deputy: "" })).toMatchObject({
      ownerOfRecord: { id: first.id },
      deputy: null,
    });
    expect(await change({ owner: second.name })).toMatchObject({
      ownerOfRecord: { id: second.id },
    });
    await deleteUser(administrator, { userId: second.id, reason: "left" });
    expect(await getUser(administrator, { userId: id })).toMatchObject({ ownerOfRecord: null });
  });
});

it("two service users that are to answer for each other are refused at once, and neither waits for the other", async () => {
  const owner = (await person()).name;
  const pair = [await robot({ owner }), await robot({ owner })] as const;
  const swap = (index: 0 | 1) =>
    updateUser(administrator, {
      userId: pair[index].id,
      deputy: pair[1 - index]?.name,
      reason: "a test",
    });
  const all = await Promise.allSettled(Array.from({ length: 12 }, (_, n) => swap(n % 2 ? 1 : 0)));
  expect(all.map((one) => one.status === "rejected" && one.reason)).toEqual(
    all.map(() => expect.objectContaining(atField("deputy"))),
  );
});

it("a person's page says for whom they answer, and in which groups they are", async () => {
  const [owner, other] = [await makePerson({ isAdministrator: true }), await person()];
  const first = await robot({ owner: owner.name, deputy: other.name });
  const second = await robot({ owner: other.name, deputy: owner.name });
  expect(await getManagedUser(administrator, { userId: owner.id })).toMatchObject({
    groupNames: ["Administrators"],
    answersFor: [
      { name: first.name, isOwner: true },
      { name: second.name, isOwner: false },
    ],
  });
  expect(await getManagedUser(administrator, { userId: first.id })).toMatchObject({
    groupNames: [],
    answersFor: [],
  });
});

it("a person has neither owner nor deputy", async () => {
  const somebody = await person();
  for (const field of ["owner", "deputy"])
    await expect(
      updateUser(administrator, { userId: somebody.id, [field]: "admin", reason: "a test" }),
    ).rejects.toMatchObject(atField(field));
});
