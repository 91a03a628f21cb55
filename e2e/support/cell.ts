import { createHash, randomBytes, randomUUID } from "node:crypto";

import type { Actor, Target } from "./access";
import { ConsoleSession } from "./console-session";
import { makeKeyPair, type Signer } from "./signer";
import { addPeople, commonPassword, giveKey, newOcid, type House } from "./house";

const actsOnOthers: ReadonlySet<Actor> = new Set([
  "anonymous",
  "stranger",
  "former",
  "administrator",
]);

/** One try of the matrix: who asks, by cookie and by key, and what they ask for. */
export interface Cell {
  readonly target: Target;
  readonly cookie: string | undefined;
  readonly signer: Signer | undefined;
  /** Everything that a refused request must leave as it was. */
  state(): Promise<string>;
  /** Takes the target out of every group. */
  isolate(): Promise<unknown>;
  clear(): Promise<void>;
}

/**
 * Makes actors and targets without signing in each time: one real session is put under another person's name in its
 * row, which is where the product looks, too.
 */
export class Cells {
  private readonly key = makeKeyPair();
  private readonly spare = makeKeyPair();
  private readonly fresh = makeKeyPair();

  private constructor(
    private readonly house: House,
    private readonly cookie: string,
    private readonly seat: { id: string; hash: string },
  ) {}

  static async open(house: House): Promise<Cells> {
    const [holder] = await addPeople(house, 1);
    const session = new ConsoleSession(house.server.url);
    await session.signIn(holder?.name ?? "", commonPassword);
    const { rows } = await house.database.query<{ id: string; hash: string }>(
      "select id, token_hash as hash from sessions where user_id = $1",
      [holder?.id],
    );
    const [seat] = rows;
    if (!seat) throw new Error("The person could not sign in.");
    return new Cells(house, session.cookieHeader, seat);
  }

  async make(actor: Actor): Promise<Cell> {
    const { database } = this.house;
    const [self, other] = await addPeople(this.house, 2, { mustChange: actor === "mustChange" });
    if (!self || !other) throw new Error("There are no people.");
    const owner = actsOnOthers.has(actor) ? other : self;
    const target = { ...(await this.furnish(owner.id)), self, ...owner };
    await this.seatActor(actor, self.id);
    const signer = await giveKey(this.house, self.id, this.key);
    if (actor === "ended") await this.end(self.id);
    if (actor === "former") await this.depose(self.id);
    return {
      target,
      cookie: actor === "anonymous" ? undefined : this.cookie,
      signer: actor === "anonymous" ? undefined : signer,
      state: () => this.state(),
      isolate: () => database.query("delete from memberships where id = $1", [target.membershipId]),
      clear: async () => {
        const ids = [self.id, other.id];
        await database.query("delete from memberships where user_id = any($1)", [ids]);
        await database.query("delete from users where id = any($1) or name = $2", [
          ids,
          target.unique,
        ]);
        await database.query("delete from groups where id = any($1) or name = $2", [
          [target.groupId, target.otherGroupId],
          target.unique,
        ]);
        await database.query("delete from policies where id = $1 or name = $2", [
          target.policyId,
          target.unique,
        ]);
      },
    };
  }

  /** A target of the same shape that nobody ever made. */
  missing(target: Target): Target {
    return {
      ...target,
      id: newOcid("user"),
      name: `person-${randomUUID().slice(0, 13)}`,
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

  private async seatActor(actor: Actor, userId: string): Promise<void> {
    const { database, admin } = this.house;
    await database.query(
      `insert into sessions (id, token_hash, user_id, must_change_password, proved_at, expires_at, address, client)
       values ($1, $2, $3, $4, now() - make_interval(mins => $5), now() + interval '1 hour', '127.0.0.1', 'matrix')
       on conflict (id) do update set token_hash = excluded.token_hash, user_id = excluded.user_id,
         must_change_password = excluded.must_change_password, proved_at = excluded.proved_at, last_seen_at = now()`,
      [this.seat.id, this.seat.hash, userId, actor === "mustChange", actor === "late" ? 16 : 0],
    );
    if (actor === "blocked")
      await database.query("update users set blocked_at = now() where id = $1", [userId]);
    if (actor === "suspended")
      await database.query("update users set state = 'suspended' where id = $1", [userId]);
    if (actor === "administrator" || actor === "former")
      await database.query(
        `insert into memberships (id, user_id, group_id)
         select $1, $2, group_id from memberships where user_id = $3`,
        [newOcid("groupmembership"), userId, admin.id],
      );
  }

  /** Was seen as an administrator a moment ago. */
  private async depose(userId: string): Promise<void> {
    const { server, database } = this.house;
    const { status } = await fetch(`${server.url}/identity/users`, {
      headers: { cookie: this.cookie },
    });
    if (status !== 200) throw new Error(`An administrator got ${status} for the list of users.`);
    await database.query("delete from memberships where user_id = $1", [userId]);
  }

  private async end(userId: string): Promise<void> {
    const { database } = this.house;
    await database.query("delete from sessions where id = $1", [this.seat.id]);
    await database.query(
      "update credentials set ended_at = now(), ended_reason = 'deleted' where owner_id = $1 and public_id = $2",
      [userId, this.key.fingerprint],
    );
  }

  /** What a target has: a token, another session, a group, and a group that they are not in. */
  private async furnish(id: string) {
    const { database, tenancyId } = this.house;
    const [tokenId, groupId, otherGroupId] = [
      newOcid("credential"),
      newOcid("group"),
      newOcid("group"),
    ];
    const [membershipId, sessionId, unique] = [
      newOcid("groupmembership"),
      randomUUID(),
      `u-${randomUUID()}`,
    ];
    await database.query(
      `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, verifier)
       values ($1, 'auth_token', $2, $1, 'global', '{"description": "held"}', $1)`,
      [tokenId, id],
    );
    const [smtpId, accessKey] = [newOcid("credential"), randomBytes(20).toString("hex")];
    const databasePasswordId = newOcid("credential");
    await database.query(
      `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, verifier)
       values ($1, 'database_password', $2, $1, 'global', '{"description": "held"}', $1)`,
      [databasePasswordId, id],
    );
    await database.query(
      `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, verifier)
       values ($1, 'smtp_credential', $2, $1, 'global', '{"description": "held"}', $1)`,
      [smtpId, id],
    );
    await database.query(
      `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, sealed_secret)
       values ($1, 'customer_secret_key', $2, $3, 'global', '{"name": "held"}', 'sealed')`,
      [newOcid("credential"), id, accessKey],
    );
    const clientId = newOcid("credential");
    await database.query(
      `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, verifier)
       values ($1, 'oauth_client_credential', $2, $1, 'global', $3, $1)`,
      [clientId, id, { name: "held", description: "", scopes: [heldScope] }],
    );
    const resourceId = newOcid("oauthresource");
    await database.query(
      `insert into oauth_resources (id, tenancy_id, name, name_key, audience, scopes)
       values ($1, $2, $1, $1, $1, '{read,write}')`,
      [resourceId, tenancyId],
    );
    const deviceId = newOcid("mfatotpdevice");
    await database.query(
      "insert into totp_devices (id, user_id, sealed_seed, activated_at) values ($1, $2, 'sealed', now())",
      [deviceId, id],
    );
    const limitRequestId = newOcid("limitrequest");
    await database.query(
      "insert into limit_requests (id, user_id, kind) values ($1, $2, 'auth_token')",
      [limitRequestId, id],
    );
    const spare = await giveKey(this.house, id, this.spare);
    await database.query(
      `insert into groups (id, tenancy_id, name, name_key)
       values ($1, $3, $1, $1), ($2, $3, $2, $2)`,
      [groupId, otherGroupId, tenancyId],
    );
    await database.query("insert into memberships (id, user_id, group_id) values ($1, $2, $3)", [
      membershipId,
      id,
      groupId,
    ]);
    const policyId = newOcid("policy");
    await database.query(
      `insert into policies (id, tenancy_id, name, name_key, statements)
       values ($1, $2, $1, $1, '["Allow group Nobody to inspect users in tenancy"]')`,
      [policyId, tenancyId],
    );
    await database.query(
      `insert into sessions (id, token_hash, user_id, expires_at, address, client)
       values ($1, $1, $2, now() + interval '1 hour', '192.0.2.9', 'elsewhere')`,
      [sessionId, id],
    );
    return {
      tenancyId,
      tokenId,
      accessKey,
      smtpId,
      clientId,
      databasePasswordId,
      deviceId,
      resourceId,
      limitRequestId,
      groupId,
      otherGroupId,
      membershipId,
      policyId,
      sessionId,
      unique,
      fingerprint: spare.fingerprint,
      password: commonPassword,
      publicPem: this.fresh.publicPem,
    };
  }

  private async state(): Promise<string> {
    const { rows } = await this.house.database.query<{ all: string }>(everything);
    return createHash("sha256")
      .update(rows[0]?.all ?? "")
      .digest("hex");
  }
}

const heldScope = { audience: "https://held.example.com", scope: "read" };

/** All that a request can change, without what merely notes that somebody was there. */
const everything = `select concat_ws('|',
  (select json_agg(u order by id) from (select id, name, email, state, blocked_at, capabilities, description, version from users) u),
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
  (select json_agg(r order by id) from (select id, state from limit_requests) r),
  (select json_agg(s order by id) from (select id, token_hash, user_id, proved_at from sessions) s),
  (select json_agg(p order by user_id, slot) from (select user_id, slot, verifier from console_passwords where slot = 'main') p),
  (select count(*) from rate_limits where bucket like 'forgot-password:name:%'),
  (select sum(used) from rate_limits where bucket like 'report-leak:%')) as all`;
