import { createHash } from "node:crypto";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { makeCaller } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { createGroup } from "../groups/create-group";
import { listMemberships } from "../groups/list-memberships";
import { listUsers } from "./list-users";

/** More users than a search looks at to tell what many have: then it goes other ways than among few. */
const crowd = 6_000;
let stage: TestRuntime;
let admin: Caller;
let groupId: string;
beforeAll(async () => {
  stage = await startTestRuntime();
  admin = await makeCaller({ isAdministrator: true });
  groupId = (await createGroup(admin, { name: "crowd", description: "" })).id;
  const { pool } = runtime();
  const name = `(array['ada','bob','tara'])[1 + n % 3] || '.' || (array['miller','schmidt'])[1 + (n / 3) % 2] || '.' || n`;
  await pool.query(
    `insert into users (id, tenancy_id, kind, name, name_key, email, email_key, state, blocked_at, db_user_name, db_user_name_key)
     select 'ocid1.user.local..' || md5(n::text), t.id, case when n % 7 = 0 then 'service' else 'local' end, ${name}, ${name},
       ${name} || '@crowd.example.com', ${name} || '@crowd.example.com',
       case when n % 500 = 0 then 'suspended' else 'active' end,
       case when n % 301 = 2 then now() end,
       case when n % 1000 = 1 then 'tara_db_' || n end, case when n % 1000 = 1 then 'tara_db_' || n end
     from generate_series(1, ${crowd}) n cross join (select id from tenancies limit 1) t`,
  );
  await pool.query(
    `insert into memberships (id, user_id, group_id, created_at)
     select 'm' || id, id, $1, now() from users where email_key like '%@crowd.example.com'`,
    [groupId],
  );
  await pool.query(
    `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, created_at)
     select 'c' || id, 'apiKey', id, id, 'owner', '{}', now() - case when right(name_key, 1) < '3' then interval '100 days' else '0' end
     from users where email_key like '%@crowd.example.com' and right(name_key, 1) < '5'`,
  );
  await pool.query("analyze users");
});
afterAll(() => stage.stop());

interface Asked {
  readonly search: string;
  readonly [filter: string]: unknown;
}

/** Every page of it. */
async function everybody(asked: Asked, limit = 300) {
  const seen: { name: string; id: string; dbUserName: string | null }[] = [];
  let isMixed = false;
  let page: string | undefined;
  do {
    const found = await listUsers(admin, { sortBy: "NAME", ...asked, limit, page });
    seen.push(...found.items);
    isMixed ||= found.isMixed;
    page = found.nextPage ?? undefined;
  } while (page !== undefined);
  return { seen, isMixed };
}

/** Whom it should find, asked of the table in the plainest way. */
async function expected({ search, kind, state, standing, holdsOld }: Asked) {
  const { rows } = await runtime().pool.query<{ id: string }>(
    `select id from users where (name_key like all ($1) or email_key like all ($1) or db_user_name_key like all ($1))
       and ($2::text is null or kind = $2) and ($3::text is null or state = 'suspended' or blocked_at is not null)
       and ($4::text is null or state = 'active' and blocked_at is not null)
       and ($5::boolean is null or id in (select owner_id from credentials where created_at < now() - interval '90 days'))`,
    [patternsOf(search), kind ?? null, state ?? null, standing ?? null, holdsOld ?? null],
  );
  return rows.map(({ id }) => id).toSorted();
}

/** Two letters are looked for at the beginning, and so is a text without any longer word. */
function patternsOf(search: string): string[] {
  const words = search.split(" ");
  return words.some(({ length }) => length > 2) ? words.map((word) => `%${word}%`) : [`${search}%`];
}

describe("a search among many users", () => {
  it.each<[string, Asked]>([
    ["what a third's names begin with", { search: "tara" }],
    ["what is in the middle of half the names", { search: "schmidt" }],
    ["what everybody has", { search: "crowd.example" }],
    ["what is in one first name alone", { search: "ara.m" }],
    ["a number", { search: "4711" }],
    ["a database user name", { search: "tara_db" }],
    ["one letter", { search: "t" }],
    ["two letters", { search: "ad" }],
    ["what nobody has", { search: "zq" }],
    ["more of what nobody has", { search: "nobody" }],
    ["a common name among service users", { search: "tara", kind: "service" }],
    ["a common name among few who cannot act", { search: "schmidt", state: "INACTIVE" }],
    ["a common name among few who are blocked", { search: "tara", standing: "blocked" }],
    ["a part of names among few who are blocked", { search: "schmidt", standing: "blocked" }],
    ["a letter among few who are blocked", { search: "t", standing: "blocked" }],
    ["the same, the newest first", { search: "t", standing: "blocked", sortBy: "TIMECREATED" }],
    ["a letter, the newest first", { search: "z", sortBy: "TIMECREATED" }],
    ["two words that many have", { search: "schmidt tara" }],
    ["two words that nobody has both of", { search: "tara bob" }],
    ["a common word and a rare one", { search: "miller 4711" }],
    ["a word and a letter", { search: "tara 9" }],
    ["two letters apart", { search: "t s" }],
    ["two words among few who are blocked", { search: "tara mill", standing: "blocked" }],
    ["a rare number among service users", { search: "4711", kind: "service" }],
    ["common parts of a name", { search: "miller.4" }],
    ["the same among service users", { search: "tara.miller.1", kind: "service" }],
    ["an e-mail address", { search: "tara.miller.5@crowd.example.com" }],
    ["a part of one", { search: "ara.miller.5@crowd" }],
    ["a whole name", { search: "tara.miller.5" }],
    ["a common name, the newest first", { search: "schmidt", sortBy: "TIMECREATED" }],
    ["a rare one, the newest first", { search: "4711", sortBy: "TIMECREATED" }],
    ["a common name, Z to A", { search: "tara", sortOrder: "DESC" }],
    // Most people sign in themselves: a filter that leaves them is not what finds.
    ["a common name among most people", { search: "schmidt", kind: "local" }],
    ["a beginning among most people", { search: "tara", kind: "local" }],
    ["common parts among most people", { search: "miller.4", kind: "local" }],
    ["a number of another among most people", { search: "4711", kind: "local" }],
    ["a number of one among most people", { search: "4712", kind: "local" }],
    ["that of another, the newest first", { search: "4711", kind: "local", sortBy: "TIMECREATED" }],
    ["the address of another", { search: "tara.miller.14@crowd.example.com", kind: "local" }],
    ["the address of one", { search: "tara.miller.5@crowd.example.com", kind: "local" }],
    ["a rare name of a common part among most people", { search: "tara_d", kind: "local" }],
    ["a common name among who holds what is old", { search: "schmidt", holdsOld: true }],
    ["a number among who holds what is old", { search: "471", holdsOld: true }],
    ["a rare name among who holds what is old", { search: "tara_d", holdsOld: true }],
  ])("for %s finds everybody once, page by page", async (_what, asked) => {
    const { seen } = await everybody(asked);
    expect(seen.map(({ id }) => id).toSorted()).toEqual(await expected(asked));
  });

  it.each([
    ["all", "ocid1.user.local.."],
    ["a sixteenth", "ocid1.user.local..7"],
    ["two dozen", "OCID1.user.local..7A"],
    ["one", `ocid1.user.local..${createHash("md5").update("4711").digest("hex")}`],
    ["none, of another type", "ocid1.group.local.."],
    ["none, with a pattern", "ocid1.user.local..%"],
  ])(
    "finds %s whose OCIDs begin so, by name, and of those whom the filter leaves",
    async (_, search) => {
      for (const filter of [{}, { standing: "blocked" }]) {
        const { rows } = await runtime().pool.query<{ id: string }>(
          `select id from users where starts_with(id, lower($1)) and ($2::boolean is null or state = 'active' and blocked_at is not null)
         order by name_key`,
          [search, "standing" in filter ? true : null],
        );
        const { seen } = await everybody({ ...filter, search });
        expect(seen.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
      }
    },
  );

  it("lists those whose name begins with it first, by name, and says when the others have no order", async () => {
    const { seen, isMixed } = await everybody({ search: "tara" });
    const names = seen.map(({ name }) => name);
    const begun = names.filter((name) => name.startsWith("tara"));
    expect(names.slice(0, begun.length)).toEqual(begun.toSorted());
    // The rest has it in the database user name, and is few: by name again.
    const rest = names.slice(begun.length);
    expect(rest).toEqual(rest.toSorted());
    expect(rest.length).toBeGreaterThan(0);
    expect(isMixed).toBe(false);
    expect((await everybody({ search: "schmidt" })).isMixed).toBe(true);
    expect((await everybody({ search: "4711" })).isMixed).toBe(false);
  });

  it("looks at the beginning alone for what no index finds elsewhere", async () => {
    await runtime().pool.query(
      `insert into users (id, tenancy_id, name, name_key)
       select 'ocid1.user.local..' || md5(name), t.id, name, name
       from unnest(array['_-_first', 'second_-_', 'x__third', 'fourth.x__', '__y.fifth', 'sixth__y']) name cross join (select id from tenancies limit 1) t`,
    );
    const found = {
      "_-_": ["_-_first"],
      x__: ["x__third"],
      __y: ["__y.fifth", "sixth__y"],
    };
    for (const sortBy of ["NAME", "TIMECREATED"])
      for (const [search, names] of Object.entries(found)) {
        const { seen } = await everybody({ search, sortBy });
        expect(seen.map(({ name }) => name).toSorted()).toEqual(names);
      }
  });

  it.each([
    ["few", "many"],
    ["many", "few"],
  ])("goes on as it began where a filter that left %s leaves %s", async (first) => {
    const { pool } = runtime();
    const { rows } = await pool.query<{ id: string }>(
      "select id from users where blocked_at is not null",
    );
    const few = rows.map(({ id }) => id);
    const block = () =>
      pool.query(
        "update users set blocked_at = now() where kind = 'local' and email_key like '%@crowd.example.com'",
      );
    const unblock = () =>
      pool.query("update users set blocked_at = null where not id = any ($1)", [few]);
    const asked = { search: "schmidt", standing: "blocked", sortBy: "NAME", limit: 4 } as const;
    try {
      if (first === "many") await block();
      const begun = await listUsers(admin, asked);
      await (first === "many" ? unblock() : block());
      const rest = [];
      let page = begun.nextPage ?? undefined;
      expect(page).toBeDefined();
      expect(begun.isMixed).toBe(first === "many");
      while (page !== undefined) {
        const found = await listUsers(admin, { ...asked, limit: 300, page });
        rest.push(...found.items);
        page = found.nextPage ?? undefined;
      }
      const place = first === "many" ? "id" : "name_key";
      const last = begun.items.at(-1);
      const { rows: others } = await pool.query<{ id: string }>(
        `select id from users where name_key like '%schmidt%' and state = 'active' and blocked_at is not null
           and ${place} > $1 order by ${place}`,
        [first === "many" ? last?.id : last?.name],
      );
      expect(rest.map(({ id }) => id)).toEqual(others.map(({ id }) => id));
    } finally {
      await unblock();
    }
  });

  const members = ["schmidt", "4711", "tara", "zq", "a", "tara schmidt", "bob tara", "miller.5"];
  it.each(members)("finds the members “%s”", async (search) => {
    const seen: string[] = [];
    let page: string | undefined;
    do {
      const found = await listMemberships(admin, { groupId, search, limit: 500, page });
      seen.push(...found.items.map(({ userId }) => userId));
      page = found.nextPage ?? undefined;
    } while (page !== undefined);
    const { rows } = await runtime().pool.query<{ id: string }>(
      `select u.id from users u join memberships m on m.user_id = u.id where m.group_id = $1 and u.name_key like all ($2)`,
      [groupId, patternsOf(search)],
    );
    expect(seen.toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
  });
});
