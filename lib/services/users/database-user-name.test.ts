import { randomUUID } from "node:crypto";

import { Client } from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { makeCaller } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { createUser } from "./create-user";
import { deleteUser } from "./delete-user";
import { updateUser } from "./update-user";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
});
afterAll(() => stage.stop());

const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;
const fresh = () => `n${randomUUID().slice(0, 12)}`;
const taken = { code: "already_exists", fields: { dbUserName: expect.stringContaining("taken") } };

describe("an alternate database user name", () => {
  it("is its owner's to create, change and delete, and an administrator's", async () => {
    const owner = await makeCaller();
    const administrator = await makeCaller({ isAdministrator: true });
    const [one, two] = [fresh(), fresh()];
    const set = (dbUserName: string | null, caller = owner) =>
      updateUser(caller, { userId: owner.userId, dbUserName, reason: "a test" });
    expect(await set(one)).toMatchObject({ dbUserName: one, version: 2 });
    expect(await set(two)).toMatchObject({ dbUserName: two });
    expect(await set("")).toMatchObject({ dbUserName: null });
    expect(await set(one, administrator)).toMatchObject({ dbUserName: one });
    expect(await set(null)).toMatchObject({ dbUserName: null });
    const events = await sql(
      "select details from audit_events where owner_id = $1 and action = 'updateUser'",
      [owner.userId],
    );
    expect(events.map(({ details }) => details.changed)).toEqual(
      Array.from({ length: 5 }, () => ["dbUserName"]),
    );
  });

  it("has a description that is its owner's too, goes with it, and is not overwritten unseen", async () => {
    const owner = await makeCaller();
    const userId = owner.userId;
    const nothing = { dbUserDescription: "for what?" };
    await expect(updateUser(owner, { userId, ...nothing })).rejects.toMatchObject({
      code: "invalid_input",
      fields: { dbUserDescription: "There is no database user name to describe." },
    });
    const named = { dbUserName: fresh(), dbUserDescription: "the warehouse" };
    expect(await updateUser(owner, { userId, ...named })).toMatchObject(named);
    const other = { dbUserDescription: "the lake" };
    expect(await updateUser(owner, { userId, ...other })).toMatchObject({ ...named, ...other });
    expect(await updateUser(owner, { userId, ...other })).toMatchObject(other);
    await expect(
      updateUser(owner, { userId, ...named, seen: { dbUserDescription: "the warehouse" } }),
    ).rejects.toMatchObject({ code: "stale" });
    await expect(
      updateUser(await makeCaller(), { userId, dbUserDescription: "mine" }),
    ).rejects.toMatchObject({ code: "not_found" });
    const gone = await updateUser(owner, { userId, dbUserName: null });
    expect(gone).toMatchObject({ dbUserName: null, dbUserDescription: "" });
  });

  it("is nobody else's to change, and gives its owner no other right", async () => {
    const owner = await makeCaller();
    const stranger = await makeCaller();
    const hidden = { code: "not_found" };
    const change = { userId: owner.userId, dbUserName: fresh() };
    await expect(updateUser(stranger, change)).rejects.toMatchObject(hidden);
    await expect(updateUser(owner, { ...change, description: "myself" })).rejects.toMatchObject(
      hidden,
    );
    await expect(updateUser(owner, { userId: owner.userId })).rejects.toMatchObject(hidden);
  });

  it("has the characters of a user name, fewer than 128, and is not the user name itself", async () => {
    const owner = await makeCaller();
    const set = (dbUserName: string) => updateUser(owner, { userId: owner.userId, dbUserName });
    for (const wrong of [
      "with space",
      "ümlaut",
      "x".repeat(128),
      'quo"te',
      owner.name.toUpperCase(),
    ])
      await expect(set(wrong)).rejects.toMatchObject({
        code: "invalid_input",
        fields: { dbUserName: expect.any(String) },
      });
    await set("x".repeat(127));
  });

  it("is unique whatever its case, among user names and alternate names together", async () => {
    const administrator = await makeCaller({ isAdministrator: true });
    const [one, other] = [await makeCaller(), await makeCaller()];
    const name = fresh();
    await updateUser(one, { userId: one.userId, dbUserName: name });
    const set = (dbUserName: string) => updateUser(other, { userId: other.userId, dbUserName });
    await expect(set(name.toUpperCase())).rejects.toMatchObject(taken);
    await expect(set(one.name.toUpperCase())).rejects.toMatchObject(taken);
    await expect(createUser(administrator, { name: name.toUpperCase() })).rejects.toMatchObject({
      code: "already_exists",
      fields: { name: expect.stringContaining("taken") },
    });
    await updateUser(one, { userId: one.userId, dbUserName: null });
    await set(name.toUpperCase());
    await deleteUser(administrator, { reason: "a test", userId: other.userId });
    await createUser(administrator, { name });
  });

  it("cannot be taken away from somebody whose user name is too long for a database", async () => {
    const owner = await makeCaller();
    await updateUser(owner, { userId: owner.userId, dbUserName: fresh() });
    await sql("update users set name = repeat('x', 128) where id = $1", [owner.userId]);
    await expect(
      updateUser(owner, { userId: owner.userId, dbUserName: null }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("goes to one of many who ask at once, whether as a user name or as an alternate one", async () => {
    const administrator = await makeCaller({ isAdministrator: true });
    const owners = await Promise.all(Array.from({ length: 4 }, () => makeCaller()));
    for (let round = 0; round < 5; round += 1) {
      const name = fresh();
      const answers = await Promise.allSettled([
        ...owners.map((owner) => updateUser(owner, { userId: owner.userId, dbUserName: name })),
        ...Array.from({ length: 4 }, () => createUser(administrator, { name })),
      ]);
      const refused = answers.flatMap((answer) =>
        answer.status === "rejected" ? [Reflect.get(answer.reason, "code")] : [],
      );
      expect(refused).toEqual(Array.from({ length: 7 }, () => "already_exists"));
      expect(
        await sql(
          "select count(*)::int as holders from users where $1 in (name_key, db_user_name_key)",
          [name],
        ),
      ).toEqual([{ holders: 1 }]);
    }
  });

  it("waits for another server's transaction, and is free if that one gives up", async () => {
    const owner = await makeCaller();
    const rival = await makeCaller();
    const name = fresh();
    for (const end of ["rollback", "commit"]) {
      const elsewhere = new Client({ connectionString: runtime().env.databaseUrl });
      await elsewhere.connect();
      await elsewhere.query("begin");
      await elsewhere.query(
        "update users set db_user_name = $1, db_user_name_key = $1 where id = $2",
        [name, rival.userId],
      );
      const mine = updateUser(owner, { userId: owner.userId, dbUserName: name });
      const isSettled = await Promise.race([
        mine.then(
          () => true,
          () => true,
        ),
        new Promise((resolve) => setTimeout(() => resolve(false), 300)),
      ]);
      expect(isSettled).toBe(false);
      await elsewhere.query(end);
      await elsewhere.end();
      if (end === "commit") await expect(mine).rejects.toMatchObject(taken);
      else {
        expect(await mine).toMatchObject({ dbUserName: name });
        await updateUser(owner, { userId: owner.userId, dbUserName: null });
      }
    }
  });
});
