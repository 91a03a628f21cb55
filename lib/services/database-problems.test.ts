import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { reading, transaction } from "@/lib/data/db";
import { lockAdministrators } from "@/lib/data/groups";
import { isAppError } from "@/lib/domain/errors";
import { encodeCursor } from "@/lib/domain/paging";
import { addUserToGroup } from "@/lib/services/groups/add-user-to-group";
import { listMemberships } from "@/lib/services/groups/list-memberships";
import { removeUserFromGroup } from "@/lib/services/groups/remove-user-from-group";
import { signIn } from "@/lib/services/sessions/sign-in";
import { deleteUser } from "@/lib/services/users/delete-user";
import { getUser } from "@/lib/services/users/get-user";
import { listUsers } from "@/lib/services/users/list-users";
import { makeCaller, makePerson, origin } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
});
afterAll(() => stage.stop());

it("a NUL in what somebody sent is their mistake and not ours", async () => {
  const administrator = await makeCaller({ isAdministrator: true });
  const refused = { code: "invalid_input" };
  await expect(getUser(administrator, { userId: "\0" })).rejects.toMatchObject(refused);
  await expect(listUsers(administrator, { search: "a\0b" })).rejects.toMatchObject(refused);
  await expect(signIn(origin(), { userName: "a\0b", password: "x" })).rejects.toMatchObject(
    refused,
  );
});

it("what a failed statement was given does not leave with the error", async () => {
  const failing = (tx: { execute(query: ReturnType<typeof sql>): unknown }) =>
    Promise.resolve(tx.execute(sql`select 1 from nowhere where a = ${"a-verifier-of-somebody"}`));
  for (const run of [reading, transaction]) {
    const error = await run(failing).catch((reason: unknown) => reason);
    expect(isAppError(error)).toBe(false);
    expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain("a-verifier");
  }
});

it("a cursor that anybody can compute but nobody was given is refused", async () => {
  const administrator = await makeCaller({ isAdministrator: true });
  const seal = {
    list: "users",
    caller: administrator.userId,
    sortBy: "TIMECREATED",
    sortOrder: "ASC",
  };
  const page = encodeCursor(["yesterday", "x"], seal);
  await expect(listUsers(administrator, { page })).rejects.toMatchObject({ code: "invalid_input" });
});

it("a membership ends once, and one with a user who is gone meanwhile is not made", async () => {
  const administrator = await makeCaller({ isAdministrator: true });
  const other = await makeCaller({ isAdministrator: true });
  const { items } = await listMemberships(administrator, { userId: other.userId });
  const membershipId = items[0]?.id ?? "";
  const ends = await Promise.allSettled(
    [1, 2, 3].map(() => removeUserFromGroup(administrator, { membershipId })),
  );
  expect(ends.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  for (const end of ends)
    if (end.status === "rejected") expect(end.reason).toMatchObject({ code: "not_found" });

  const group = await reading((tx) => lockAdministrators(tx, runtime().tenancy.id));
  for (let round = 0; round < 10; round += 1) {
    const { id: userId } = await makePerson();
    const [, made] = await Promise.allSettled([
      deleteUser(administrator, { userId }),
      addUserToGroup(administrator, { userId, groupId: group?.id ?? "" }),
    ]);
    if (made.status === "rejected")
      expect(made.reason).toMatchObject({ code: "related_not_found" });
  }
});

it("a connection that did not answer in time is not given to anybody again", async () => {
  const { pool } = runtime();
  let lost: number | undefined;
  const silent = transaction(async (tx) => {
    const { rows } = await tx.execute<{ pid: number }>(sql`select pg_backend_pid() as pid`);
    lost = rows[0]?.pid;
    await tx.execute(sql`set local statement_timeout = 0`);
    await tx.execute(sql`select pg_sleep(8)`);
  });
  await expect(silent).rejects.toMatchObject({ code: "unavailable" });
  expect(lost).toBeTypeOf("number");
  const answers = Array.from({ length: 16 }, () => pool.query("select pg_backend_pid() as pid"));
  const pids = (await Promise.all(answers)).map(({ rows }) => rows[0].pid);
  expect(pids).not.toContain(lost);
});

it("a transaction that goes on after a failed statement does not look as if it had been kept", async () => {
  const swallowing = transaction(async (tx) => {
    await tx.execute(sql`select 1 from nowhere`).catch(() => undefined);
    return "kept";
  });
  await expect(swallowing).rejects.toThrow("after a failed statement");
});
