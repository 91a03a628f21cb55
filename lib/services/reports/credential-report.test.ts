import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { type Attention, attentions, reportColumns } from "@/lib/domain/reports/credential-report";
import { endDueCredentials } from "@/lib/services/credentials/end-due";
import { issueCredential } from "@/lib/services/credentials/issue-credential";
import { revokeCredential } from "@/lib/services/credentials/revoke-credential";
import { createOrResetPassword } from "@/lib/services/passwords/create-or-reset-password";
import { listUsers } from "@/lib/services/users/list-users";
import { makeCaller, makePerson } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import {
  listCredentialsInNeed,
  readCredentialReport,
  summarizeCredentials,
} from "./credential-report";
import { exportCredentialReport } from "./export-credential-report";

let stage: TestRuntime;
let admin: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  admin = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());

/** A token of somebody's own, as old and as used as the test says. */
async function token(change = "id = id"): Promise<{ id: string; owner: Caller }> {
  const owner = await makeCaller();
  const { credential } = await issueCredential(owner, {
    ownerId: owner.userId,
    kind: "auth_token",
    values: { description: "reported" },
  });
  await runtime().pool.query(`update credentials set ${change} where id = $1`, [credential.id]);
  return { id: credential.id, owner };
}

async function idsInNeed(attention: Attention): Promise<(string | null)[]> {
  const ids: (string | null)[] = [];
  let page: string | undefined;
  do {
    const found = await listCredentialsInNeed(admin, { attention, page });
    ids.push(...found.rows.map(({ credentialId }) => credentialId));
    page = found.nextPage ?? undefined;
  } while (page !== undefined);
  return ids;
}

const used = "last_used_at = now(), last_used_address = '192.0.2.7', last_used_client = 'curl'";

describe("who may read it", () => {
  it("is nobody but administrators", async () => {
    const caller = await makeCaller();
    const refused = { code: "not_found" };
    await expect(readCredentialReport(caller, {})).rejects.toMatchObject(refused);
    await expect(summarizeCredentials(caller, {})).rejects.toMatchObject(refused);
    await expect(listCredentialsInNeed(caller, { attention: "old" })).rejects.toMatchObject(
      refused,
    );
    await expect(exportCredentialReport(caller, "csv")).rejects.toMatchObject(refused);
  });
});

describe("what deserves attention", () => {
  it("is listed for its reason, the most pressing first, and counted", async () => {
    const fine = await token(used);
    const oldest = await token(`${used}, created_at = now() - interval '400 days'`);
    const old = await token(`${used}, created_at = now() - interval '91 days'`);
    const later = await token(`${used}, expires_at = now() + interval '29 days'`);
    const soon = await token(`${used}, expires_at = now() + interval '1 day'`);
    const far = await token(`${used}, expires_at = now() + interval '31 days'`);
    const never = await token();
    const expired = await token(
      "created_at = now() - interval '100 days', expires_at = now() - interval '1 minute'",
    );
    const ended = await token("created_at = now() - interval '100 days'");
    await revokeCredential(ended.owner, {
      ownerId: ended.owner.userId,
      kind: "auth_token",
      credential: { id: ended.id },
    });
    expect(await idsInNeed("old")).toEqual([oldest.id, old.id]);
    expect(await idsInNeed("expiring")).toEqual([soon.id, later.id]);
    expect(await idsInNeed("never-used")).toEqual([never.id]);
    const summary = await summarizeCredentials(admin, {});
    expect(summary.inNeed).toEqual([
      { attention: "expiring", count: 2 },
      { attention: "never-used", count: 1 },
      { attention: "old", count: 2 },
    ]);
    const listed = [fine, far, expired];
    for (const { id } of listed) expect(await idsInNeed("old")).not.toContain(id);
  });

  it("is what the report says of each credential, before and after a sweep", async () => {
    const age = "created_at = now() - interval '100 days'";
    const expiry = "expires_at = now() + interval '3 days'";
    const over = "expires_at = now() - interval '1 minute'";
    const replaced = "replaced_by_id = 'gone-' || id, replaced_at = now(), retiring_until =";
    const changes = [
      "id = id",
      age,
      expiry,
      over,
      `${age}, ${over}`,
      `${age}, ${expiry}`,
      `${used}, ${age}, ${over}`,
      `disabled_at = now(), ${expiry}`,
      `${replaced} now() + interval '1 day'`,
      `${replaced} now() - interval '1 minute'`,
      `${expiry}, ${replaced} now() + interval '1 day'`,
      `${age}, ${used}, ${replaced} now() + interval '1 day'`,
    ];
    for (const change of changes) await token(change);
    const agree = async () => {
      const { rows } = await readCredentialReport(admin, { limit: 1_000 });
      const credentials = rows.filter(({ credentialId }) => credentialId !== null);
      for (const attention of attentions) {
        const said = credentials.filter(({ verdicts }) => verdicts.includes(attention));
        const listed = await idsInNeed(attention);
        expect(listed.toSorted()).toEqual(said.map(({ credentialId }) => credentialId).toSorted());
        expect(listed.length).toBeGreaterThan(1);
      }
      return credentials.filter(({ state }) => state === "expired").length;
    };
    expect(await agree()).toBeGreaterThanOrEqual(4);
    await endDueCredentials(new AbortController().signal);
    expect(await agree()).toBe(0);
  });

  it("counts those who sign in by the password alone, and no service users", async () => {
    const [person] = [await makePerson(), await makePerson({ kind: "service" })];
    const before = (await summarizeCredentials(admin, {})).withoutSecondFactor;
    const listed = await listUsers(admin, { lacksSecondFactor: true, limit: 1_000 });
    expect(listed.items.length).toBe(before);
    expect(listed.items.every(({ kind }) => kind === "local")).toBe(true);
    await runtime().pool.query("update users set has_second_factor = true where id = $1", [
      person.id,
    ]);
    expect((await summarizeCredentials(admin, {})).withoutSecondFactor).toBe(before - 1);
    const later = await listUsers(admin, { lacksSecondFactor: true, limit: 1_000 });
    expect(later.items.map(({ id }) => id)).not.toContain(person.id);
  });

  it("counts blocked users", async () => {
    const person = await makePerson();
    const before = (await summarizeCredentials(admin, {})).blocked;
    await runtime().pool.query("update users set blocked_at = now() where id = $1", [person.id]);
    expect((await summarizeCredentials(admin, {})).blocked).toBe(before + 1);
    const { items } = await listUsers(admin, { standing: "blocked", limit: 1_000 });
    expect(items.filter(({ id }) => id === person.id)).toHaveLength(1);
    // The list of blocked users does not show them either: suspended says more.
    await runtime().pool.query("update users set state = 'suspended' where id = $1", [person.id]);
    expect((await summarizeCredentials(admin, {})).blocked).toBe(before);
  });

  it("pages past fifty without leaving out or repeating one", async () => {
    const { owner, id } = await token(`${used}, created_at = now() - interval '200 days'`);
    await runtime().pool.query(
      `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, created_at)
       select 'copy-' || n, 'auth_token', owner_id, 'copy-' || n, public_id_scope, details, created_at
       from credentials, generate_series(1, 120) n where id = $1`,
      [id],
    );
    const ids = await idsInNeed("old");
    expect(ids.length).toBe(new Set(ids).size);
    expect(ids.filter((one) => one?.startsWith("copy-"))).toHaveLength(120);
    await runtime().pool.query("delete from credentials where owner_id = $1", [owner.userId]);
  });
});

describe("the report", () => {
  it("has every credential and console password of everybody once, and whoever holds nothing, over several pages", async () => {
    const nobody = await makePerson({ kind: "service" });
    await runtime().pool.query("delete from console_passwords where user_id = $1", [nobody.id]);
    const rows = [];
    let page: string | undefined;
    do {
      const part = await readCredentialReport(admin, { page, limit: 3 });
      rows.push(...part.rows);
      page = part.nextPage ?? undefined;
    } while (page !== undefined);
    const held = rows.filter(({ kind }) => kind !== null);
    const { rows: counted } = await runtime().pool.query<{ held: number; users: number }>(
      `select (select count(*) from credentials where ended_at is null)::int
         + (select count(*) from console_passwords where slot = 'main')::int as held,
         (select count(*) from users)::int as users`,
    );
    expect(held).toHaveLength(counted[0]?.held ?? -1);
    const keys = held.map(({ credentialId, userId }) => credentialId ?? userId);
    expect(new Set(keys).size).toBe(held.length);
    expect(rows.filter(({ userId }) => userId === nobody.id)).toMatchObject([{ kind: null }]);
    expect(new Set(rows.map(({ userId }) => userId)).size).toBe(counted[0]?.users);
  });

  it("tells a fresh token and its owner's password apart, and says who made it", async () => {
    const { owner, id } = await token();
    const all = await readCredentialReport(admin, { limit: 1_000 });
    const rows = all.rows.filter(({ userId }) => userId === owner.userId);
    expect(rows).toMatchObject([
      { kind: "console_password", credentialId: null, verdicts: [] },
      {
        kind: "auth_token",
        credentialId: id,
        name: "reported",
        createdBy: owner.name,
        ageDays: 0,
        verdicts: ["never-used"],
      },
    ]);
  });

  it("says who made a console password, where that is known", async () => {
    const person = await makePerson();
    const madeBy = async () => {
      const { rows } = await readCredentialReport(admin, { limit: 1_000 });
      return rows.find(({ userId }) => userId === person.id)?.createdBy;
    };
    // Written before the column, or by the host.
    expect(await madeBy()).toBeNull();
    await createOrResetPassword(admin, { userId: person.id, reason: "a test" });
    expect(await madeBy()).toBe(admin.name);
  });

  it("is a CSV with one line a row, and holds no secret", async () => {
    let csv = "";
    for await (const part of await exportCredentialReport(admin, "csv")) csv += part;
    const lines = csv.trimEnd().split("\r\n");
    expect(lines[0]).toMatch(/^user,userId,.*,verdicts,userSecondFactor$/);
    expect(lines.length).toBeGreaterThan(5);
    expect(csv).not.toMatch(/lk[a-z]+_|\$argon2/);
  });

  it("is JSON lines of the same rows, an object each", async () => {
    let text = "";
    for await (const part of await exportCredentialReport(admin, "jsonl")) text += part;
    const all = await readCredentialReport(admin, { limit: 1_000 });
    expect(all.rows.length).toBeGreaterThan(20);
    const lines = text.trimEnd().split("\n");
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual(all.rows);
    expect(Object.keys(JSON.parse(lines[0] ?? ""))).toEqual([...reportColumns]);
  });
});
