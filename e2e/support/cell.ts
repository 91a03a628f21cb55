import { createHash, randomBytes, randomUUID } from "node:crypto";

import { type Target } from "./access";
import { type Anybody, type RoleByPolicy, roleOf, rolesByPolicy } from "./actors";
import { roles, statementsFor } from "./access-roles";
import { ConsoleSession } from "./console-session";
import { call, makeKeyPair, type Signer } from "./signer";
import { addPeople, commonPassword, giveKey, newOcid, type House } from "./house";

const actsOnOthers: ReadonlySet<Anybody> = new Set([
  "anonymous",
  "stranger",
  "former",
  "administrator",
  ...rolesByPolicy,
  "upward",
  "peer",
  "onService",
] as const);
const administrators: ReadonlySet<Anybody> = new Set([
  "administrator",
  "former",
  "peer",
  "onService",
] as const);
const onAdministrators: ReadonlySet<Anybody> = new Set(["upward", "peer"] as const);
const sessionless: ReadonlySet<Anybody> = new Set(["anonymous", "service"] as const);

/** A session of the product's own making, to be put under anybody's name. */
interface Seat {
  readonly cookie: string;
  readonly id: string;
  readonly hash: string;
}

/** One try of the matrix: who asks, by cookie and by key, and what they ask for. */
export interface Cell {
  readonly target: Target;
  readonly cookie: string | undefined;
  readonly signer: Signer | undefined;
  /** Takes the target out of every group. */
  isolate(): Promise<unknown>;
  clear(): Promise<void>;
}

/**
 * Makes actors and targets without signing in each time: one real session an actor is put under another person's name in
 * its row, which is where the product looks, too. Cells of different actors can be there at once.
 */
export class Cells {
  private readonly key = makeKeyPair();
  private readonly spare = makeKeyPair();
  private readonly fresh = makeKeyPair();

  private readonly seats = new Map<Anybody, Promise<Seat>>();

  private constructor(
    private readonly house: House,
    private readonly groups: ReadonlyMap<RoleByPolicy | "administrators", string>,
  ) {}

  static async open(house: House): Promise<Cells> {
    const { server, tenancyId, admin, database } = house;
    const post = (path: string, body: object) =>
      call(server.url, admin.signer, { method: "POST", path, body });
    const common = { compartmentId: tenancyId, description: "matrix" };
    const groups = new Map<RoleByPolicy | "administrators", string>();
    for (const role of rolesByPolicy) {
      const { group: name } = roles[role];
      const made = await post("/groups", { ...common, name });
      await post("/policies", { ...common, name, statements: statementsFor(roles[role]) });
      groups.set(role, String(Object(made.body).id));
    }
    const { rows } = await database.query<{ id: string }>(
      "select group_id as id from memberships where user_id = $1",
      [admin.id],
    );
    return new Cells(house, groups.set("administrators", rows[0]?.id ?? ""));
  }

  async make(actor: Anybody): Promise<Cell> {
    const { database } = this.house;
    const seat = await this.seatOf(actor);
    const [self, other] = await addPeople(this.house, 2, { mustChange: actor === "mustChange" });
    if (!self || !other) throw new Error("There are no people.");
    const owner = actsOnOthers.has(actor) ? other : self;
    const target = { ...(await this.furnish(owner.id)), self, ...owner };
    await this.seatActor(actor, self.id, seat);
    await this.join(actor, self.id, other.id);
    const signer = await giveKey(this.house, self.id, this.key);
    if (actor === "service" || actor === "onService") await this.automate(owner.id);
    if (actor === "ended") await this.end(self.id, seat);
    if (actor === "former") await this.depose(self.id, seat);
    return {
      target,
      cookie: sessionless.has(actor) ? undefined : seat.cookie,
      signer: actor === "anonymous" ? undefined : signer,
      isolate: () =>
        database.query(
          // Whoever is to be too strong for a help desk stays so.
          "delete from memberships where user_id = $1 and ($2 or id = $3)",
          [target.id, actor !== "upward", target.membershipId],
        ),
      clear: async () => {
        await database.query(
          `with gone as (delete from memberships where user_id = any($1)),
             made as (delete from groups where id = any($2) or name = $3),
             said as (delete from policies where id = $4 or name = $3),
             known as (delete from oauth_resources where id = $5 or name = $3)
           delete from users where id = any($1) or name = $3`,
          [
            [self.id, other.id],
            [target.groupId, target.otherGroupId],
            target.unique,
            target.policyId,
            target.resourceId,
          ],
        );
      },
    };
  }

  /** A target of the same shape that nobody ever made. */
  missing(target: Target): Target {
    return {
      ...target,
      id: newOcid("user"),
      name: `person-${randomUUID().slice(0, 13)}`,
      ...newIds(),
    };
  }

  private seatOf(actor: Anybody): Promise<Seat> {
    const known = this.seats.get(actor) ?? this.takeSeat();
    this.seats.set(actor, known);
    return known;
  }

  private async takeSeat(): Promise<Seat> {
    const [holder] = await addPeople(this.house, 1);
    const session = new ConsoleSession(this.house.server.url);
    await session.signIn(holder?.name ?? "", commonPassword);
    const { rows } = await this.house.database.query<{ id: string; hash: string }>(
      "select id, token_hash as hash from sessions where user_id = $1",
      [holder?.id],
    );
    const [row] = rows;
    if (!row) throw new Error("The person could not sign in.");
    return { ...row, cookie: session.cookieHeader };
  }

  private async seatActor(actor: Anybody, userId: string, seat: Seat): Promise<void> {
    const { database } = this.house;
    await database.query(
      `insert into sessions (id, token_hash, user_id, must_change_password, proved_at, expires_at, address, client)
       values ($1, $2, $3, $4, now() - make_interval(mins => $5), now() + interval '1 hour', '127.0.0.1', 'matrix')
       on conflict (id) do update set token_hash = excluded.token_hash, user_id = excluded.user_id,
         must_change_password = excluded.must_change_password, proved_at = excluded.proved_at, last_seen_at = now()`,
      [seat.id, seat.hash, userId, actor === "mustChange", actor === "late" ? 16 : 0],
    );
    if (actor === "blocked")
      await database.query("update users set blocked_at = now() where id = $1", [userId]);
    if (actor === "suspended")
      await database.query("update users set state = 'suspended' where id = $1", [userId]);
  }

  /** What makes an actor, or whom they act on, more than anybody. */
  private async join(actor: Anybody, selfId: string, otherId: string): Promise<void> {
    const role = roleOf(actor);
    const joining = [
      ...(administrators.has(actor) ? [[selfId, "administrators"] as const] : []),
      ...(onAdministrators.has(actor) ? [[otherId, "administrators"] as const] : []),
      ...(role ? [[selfId, role] as const] : []),
    ];
    for (const [userId, group] of joining)
      await this.house.database.query(
        "insert into memberships (id, user_id, group_id) values ($1, $2, $3)",
        [newOcid("groupmembership"), userId, this.groups.get(group)],
      );
  }

  /** Somebody becomes a service user, as if they had been made one. */
  private async automate(userId: string): Promise<void> {
    const { database } = this.house;
    await database.query("delete from console_passwords where user_id = $1", [userId]);
    await database.query("update users set kind = 'service' where id = $1", [userId]);
  }

  /** Was seen as an administrator a moment ago. */
  private async depose(userId: string, { cookie }: Seat): Promise<void> {
    const { server, database } = this.house;
    const { status } = await fetch(`${server.url}/identity/users`, { headers: { cookie } });
    if (status !== 200) throw new Error(`An administrator got ${status} for the list of users.`);
    await database.query("delete from memberships where user_id = $1", [userId]);
  }

  private async end(userId: string, seat: Seat): Promise<void> {
    const { database } = this.house;
    await database.query("delete from sessions where id = $1", [seat.id]);
    await database.query(
      "update credentials set ended_at = now(), ended_reason = 'deleted' where owner_id = $1 and public_id = $2",
      [userId, this.key.fingerprint],
    );
  }

  /** What a target has: a token, another session, a group, and a group that they are not in. */
  private async furnish(id: string) {
    const { database, tenancyId } = this.house;
    const made = {
      tenancyId,
      ...newIds(),
      unique: `u-${randomUUID()}`,
    };
    await database.query(
      `with given as (select $1::jsonb as ids, $2::text as owner),
         held as (insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, verifier)
           select ids ->> name, kind, owner, ids ->> name, 'global', details, ids ->> name
           from given, (values ('tokenId', 'auth_token', '{"description": "held"}'::jsonb),
             ('databasePasswordId', 'database_password', '{"description": "held"}'),
             ('smtpId', 'smtp_credential', '{"description": "held"}'),
             ('clientId', 'oauth_client_credential', $3)) as each (name, kind, details)),
         sealed as (insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, sealed_secret)
           select $4, 'customer_secret_key', owner, ids ->> 'accessKey', 'global', '{"name": "held"}', 'sealed' from given),
         known as (insert into oauth_resources (id, tenancy_id, name, name_key, audience, scopes)
           select one, ids ->> 'tenancyId', one, one, one, '{read,write}' from given, lateral (select ids ->> 'resourceId') r (one)),
         asked as (insert into limit_requests (id, user_id, kind) select ids ->> 'limitRequestId', owner, 'auth_token' from given),
         device as (insert into totp_devices (id, user_id, sealed_seed, activated_at)
           select ids ->> 'deviceId', owner, 'sealed', now() from given),
         formed as (insert into groups (id, tenancy_id, name, name_key)
           select one, ids ->> 'tenancyId', one, one
           from given, lateral (values (ids ->> 'groupId'), (ids ->> 'otherGroupId')) g (one)),
         joined as (insert into memberships (id, user_id, group_id)
           select ids ->> 'membershipId', owner, ids ->> 'groupId' from given),
         said as (insert into policies (id, tenancy_id, name, name_key, statements)
           select one, ids ->> 'tenancyId', one, one, '["Allow group Nobody to inspect users in tenancy"]'
           from given, lateral (select ids ->> 'policyId') p (one))
       insert into sessions (id, token_hash, user_id, expires_at, address, client)
       select ids ->> 'sessionId', ids ->> 'sessionId', owner, now() + interval '1 hour', '192.0.2.9', 'elsewhere' from given`,
      [made, id, heldClient, newOcid("credential")],
    );
    const spare = await giveKey(this.house, id, this.spare);
    return {
      ...made,
      fingerprint: spare.fingerprint,
      password: commonPassword,
      publicPem: this.fresh.publicPem,
    };
  }

  /** Forgets what was counted by the source of a request. */
  async forgetSources(): Promise<void> {
    await this.house.database.query("delete from rate_limits where bucket like '%:source:%'");
  }

  /** Everything that a refused request must leave as it was. */
  async state(): Promise<string> {
    const { rows } = await this.house.database.query<{ all: string }>(everything);
    return createHash("sha256")
      .update(rows[0]?.all ?? "")
      .digest("hex");
  }
}

const heldClient = {
  name: "held",
  description: "",
  scopes: [{ audience: "https://held.example.com", scope: "read" }],
};

/** All that a request can change, without what merely notes that somebody was there. */
const everything = `select concat_ws('|',
  (select json_agg(u order by id) from (select id, name, email, email_verified, proven_email, state, blocked_at, capabilities, description, version from users) u),
  (select json_agg(c order by id) from (select id, owner_id, details, ended_at, version from credentials) c),
  (select json_agg(d order by id) from (select id, user_id, version from totp_devices) d),
  (select json_agg(r order by user_id) from (select user_id, count(*) from recovery_codes group by user_id) r),
  (select json_agg(m order by id) from memberships m),
  (select json_agg(g order by id) from groups g),
  (select json_agg(p order by id) from (select id, name, description, statements, version_date, version from policies) p),
  (select json_agg(r order by id) from (select id, name, audience, scopes, version from oauth_resources) r),
  (select json_agg(g order by resource_id, scope, group_id) from (select resource_id, scope, group_id from oauth_grants) g),
  (select json_agg(s order by key) from (select key, version from settings where key in ('oauth', 'password-policy')) s),
  (select max(signs_from) from oauth_signing_keys),
  (select json_agg(l order by user_id, kind) from user_limits l),
  (select json_agg(i order by user_id) from invitations i),
  (select json_agg(c order by user_id) from email_confirmations c),
  (select json_agg(r order by id) from (select id, state from limit_requests) r),
  (select json_agg(s order by id) from (select id, token_hash, user_id, proved_at from sessions) s),
  (select json_agg(p order by user_id, slot) from (select user_id, slot, verifier from console_passwords where slot = 'main') p),
  (select count(*) from rate_limits where bucket like 'forgot-password:name:%'),
  (select sum(used) from rate_limits where bucket like 'report-leak:%')) as all`;

/** Of everything that a target has. */
function newIds() {
  return {
    tokenId: newOcid("credential"),
    accessKey: randomBytes(20).toString("hex"),
    smtpId: newOcid("credential"),
    clientId: newOcid("credential"),
    databasePasswordId: newOcid("credential"),
    deviceId: newOcid("mfatotpdevice"),
    resourceId: newOcid("oauthresource"),
    limitRequestId: newOcid("limitrequest"),
    sessionId: randomUUID(),
    groupId: newOcid("group"),
    otherGroupId: newOcid("group"),
    membershipId: newOcid("groupmembership"),
    policyId: newOcid("policy"),
  };
}
