import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { issueCredential } from "@/lib/services/credentials/issue-credential";
import { makeCaller, makePerson } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { exportUsers } from "./export-users";
import { listUsers } from "./list-users";

let stage: TestRuntime;
let admin: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  admin = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());

const names = async (filter: Record<string, unknown>) =>
  (await listUsers(admin, filter)).items.map(({ name }) => name);
const change = (id: string, set: string) =>
  runtime().pool.query(`update users set ${set} where id = $1`, [id]);

describe("the users' list", () => {
  it("tells active, blocked and suspended apart, and one who is both as suspended", async () => {
    const search = "standing-";
    await makePerson({ name: "standing-active" });
    await change((await makePerson({ name: "standing-blocked" })).id, "blocked_at = now()");
    await change((await makePerson({ name: "standing-suspended" })).id, "state = 'suspended'");
    await change(
      (await makePerson({ name: "standing-both" })).id,
      "state = 'suspended', blocked_at = now()",
    );
    expect(await names({ search, standing: "active" })).toEqual(["standing-active"]);
    expect(await names({ search, standing: "blocked" })).toEqual(["standing-blocked"]);
    expect(await names({ search, standing: "suspended", sortBy: "NAME" })).toEqual([
      "standing-both",
      "standing-suspended",
    ]);
    expect(await names({ search, state: "INACTIVE" })).toHaveLength(3);
  });

  it("finds by kind, by a part of name, e-mail and database user name, and by how an OCID begins", async () => {
    const robot = await makePerson({ name: "find-robot", kind: "service" });
    const ann = await makePerson({ name: "find-ann", email: "Somebody@find.example.com" });
    await change(ann.id, "db_user_name = 'FINDER_DB', db_user_name_key = 'finder_db'");
    expect(await names({ search: "find-", kind: "service" })).toEqual(["find-robot"]);
    expect(await names({ search: "FIND.EXAMPLE" })).toEqual(["find-ann"]);
    expect(await names({ search: "inder_d" })).toEqual(["find-ann"]);
    expect(await names({ search: robot.id })).toEqual(["find-robot"]);
    expect(await names({ search: robot.id.slice(0, -20) })).toEqual(["find-robot"]);
    expect(await names({ search: robot.id.slice(1) })).toEqual([]);
    expect(await names({ search: "find_ann" })).toEqual([]);
    // So little is looked for where a name or an address begins.
    expect(await names({ search: "FI", sortBy: "NAME" })).toEqual(["find-ann", "find-robot"]);
    expect(await names({ search: "nd" })).toEqual([]);
  });

  it("finds who holds a credential that is older than 90 days", async () => {
    const owner = await makeCaller({ name: "holder-of-old" });
    const issue = () =>
      issueCredential(owner, {
        ownerId: owner.userId,
        kind: "auth_token",
        values: { description: "x" },
      });
    const { credential } = await issue();
    expect(await names({ search: "holder-of-old", holdsOld: true })).toEqual([]);
    await runtime().pool.query(
      "update credentials set created_at = now() - interval '91 days' where id = $1",
      [credential.id],
    );
    expect(await names({ search: "holder-of-old", holdsOld: true })).toEqual(["holder-of-old"]);
  });

  it.each(["ASC", "DESC"])("pages by name whatever its case, %s", async (sortOrder) => {
    const mine = ["paging-B", "paging-a", "paging-C", "paging-d", "paging-E"];
    for (const name of mine) if (sortOrder === "ASC") await makePerson({ name });
    const seen: string[] = [];
    let page: string | undefined;
    do {
      const asked = { search: "paging-", sortBy: "NAME", sortOrder, limit: 2, page };
      const found = await listUsers(admin, asked);
      seen.push(...found.items.map(({ name }) => name));
      page = found.nextPage ?? undefined;
    } while (page !== undefined);
    const sorted = ["paging-a", "paging-B", "paging-C", "paging-d", "paging-E"];
    expect(seen).toEqual(sortOrder === "ASC" ? sorted : sorted.toReversed());
  });
});

describe("the export", () => {
  it("has everybody whom the filter finds, and no verifier", async () => {
    await makePerson({ name: "export-one", email: "export@example.com" });
    let csv = "";
    for await (const part of await exportUsers(admin, { search: "export-" }, "csv")) csv += part;
    const lines = csv.trimEnd().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^id,name,kind,state,/);
    expect(lines[1]).toContain(",export-one,local,active,");
    expect(csv).not.toContain("argon2");
  });

  it("is nobody's but administrators'", async () => {
    const caller = await makeCaller();
    await expect(exportUsers(caller, {}, "csv")).rejects.toMatchObject({ code: "not_found" });
  });
});
