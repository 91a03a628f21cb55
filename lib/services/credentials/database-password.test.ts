import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { transaction } from "@/lib/data/db";
import { saveSetting } from "@/lib/data/settings";
import { verifyPassword } from "@/lib/secrets/hash-password";
import { makeCaller } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "./issue-credential";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
});
afterAll(() => stage.stop());

const kind = "database_password";
const password = "Ebbe-und-Flut-26";
const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;

describe("a database password", () => {
  const issue = (caller: Awaited<ReturnType<typeof makeCaller>>, chosen: string, retry?: string) =>
    issueCredential(
      caller,
      { ownerId: caller.userId, kind, values: { description: "sales", password: chosen } },
      retry === undefined ? {} : { retry: { token: retry, bodyHash: chosen } },
    );

  it("is kept as an argon2id hash and nowhere in clear", async () => {
    const owner = await makeCaller();
    const { credential, ...rest } = await issue(owner, password, "once");
    expect(rest).toEqual({});
    const [row] = await sql("select verifier, details from credentials where id = $1", [
      credential.id,
    ]);
    expect(row?.details).toEqual({ description: "sales" });
    expect(row?.verifier).toMatch(/^\$argon2id\$/);
    expect(await verifyPassword(String(row?.verifier), password)).toBe(true);
    const rows = await sql(
      "select c::text as row from credentials c union all select a::text from audit_events a union all select r::text from retry_tokens r",
    );
    for (const text of [...rows.map(({ row: one }) => String(one)), ...stage.logged])
      expect(text).not.toContain(password);
  });

  it.each([
    ["too short", "Ab1-"],
    ["with a double quote", 'Ebbe-und-"Flut"-26'],
    ["with 128 bytes", `Aa1-${"x".repeat(124)}`],
    ["with thousands of characters", `Aa1-${"x".repeat(5_000)}`],
    ["that is common", "Password-1234"],
  ])("is refused %s, at its field, and nothing is made", async (_why, chosen) => {
    const owner = await makeCaller();
    await expect(issue(owner, chosen)).rejects.toMatchObject({
      code: "invalid_input",
      fields: { password: expect.any(String) },
    });
    expect(await sql("select id from credentials where owner_id = $1", [owner.userId])).toEqual([]);
  });

  it("holds neither the user name nor the alternate one", async () => {
    const owner = await makeCaller({ name: "wanda.weber" });
    await sql("update users set db_user_name = 'wweber' where id = $1", [owner.userId]);
    for (const chosen of ["Ebbe-wanda.weber-26", "Ebbe-WWeber-2026"]) {
      await expect(issue(owner, chosen)).rejects.toMatchObject({
        fields: { password: expect.stringContaining("user name") },
      });
    }
  });

  it("needs an alternate name where the user name is too long for a database", async () => {
    const owner = await makeCaller();
    await sql("update users set name = repeat('x', 128) where id = $1", [owner.userId]);
    await expect(issue(owner, password)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("database user name"),
    });
  });

  it("follows the tenancy's policy of the moment", async () => {
    const owner = await makeCaller();
    await transaction((tx) => saveSetting(tx, "password-policy", { minimumLength: 30 }));
    await expect(issue(owner, password)).rejects.toMatchObject({
      fields: { password: "Use at least 30 characters." },
    });
    await transaction((tx) => saveSetting(tx, "password-policy", {}));
    await issue(owner, password);
  });
});
