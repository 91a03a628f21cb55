import { randomUUID } from "node:crypto";

import { sql } from "drizzle-orm";

import { runtime } from "@/lib/config/runtime";
import { insertCredential } from "@/lib/data/credentials";
import { reading, transaction, type Tx } from "@/lib/data/db";
import { insertGroup, insertMembership } from "@/lib/data/groups";
import { saveLimitRequest } from "@/lib/data/limits";
import { insertResource, setScopeGrants } from "@/lib/data/oauth-resources";
import { changePolicies, insertPolicy } from "@/lib/data/policies";
import { insertTotpDevice } from "@/lib/data/totp-devices";
import { findStanding, insertUser, updateUser } from "@/lib/data/users";
import type { Caller } from "@/lib/domain/caller";
import { makeOcid } from "@/lib/domain/ocid";
import type { Authority, GroupRef } from "@/lib/domain/policies/authority";
import { allCapabilities } from "@/lib/domain/users/capabilities";
import { random } from "@/lib/secrets/random";

import { policiesAt } from "./in-force";

/** A tenancy as a chain of calls finds it. Statements name people and groups in braces: their OCIDs come with the tenancy. */
export interface Beginning {
  /** For each of four people and one service user: the groups that they are in. */
  readonly members: readonly (readonly GroupName[])[];
  /** What the first caller begins with, at the least: chains of somebody who may do nothing are soon told. */
  readonly start: readonly string[];
  readonly policies: readonly (readonly string[])[];
  /** Which groups have which scopes of the one resource that is registered. */
  readonly scopes: readonly { readonly group: GroupName; readonly scopes: readonly string[] }[];
}

export type GroupName = (typeof groupNames)[number];
export const groupNames = ["Alpha", "Beta", "Gamma"] as const;
/** A group that statements may name and that nobody has made yet. */
export const danglingName = "Dangling";
export const scopeNames = ["read", "write"] as const;
export const userNames = ["u0", "u1", "u2", "v3", "robot"] as const;

interface Placed {
  readonly id: string;
  readonly ownerId: string;
}

/** The tenancy of one chain. */
export class World {
  readonly users: string[] = [];
  readonly groups: string[] = [];
  readonly policies: string[] = [];
  readonly credentials: Placed[] = [];
  readonly devices: Placed[] = [];
  readonly requests: string[] = [];
  readonly resources: string[] = [];
  /** Whom the chain can act as: whoever holds somebody's secret is as good as that person. */
  readonly held = new Set<string>();
  readonly robot: () => string = () => this.#ids.get("robot") ?? "";
  readonly #ids = new Map<string, string>();

  /** What conditions could ask about from the first call on. */
  get targets(): { users: { id: string; name: string }[]; groups: GroupRef[] } {
    const named = (names: readonly string[]) =>
      names.map((name) => ({ name, id: this.#ids.get(name) ?? `id-of-${name}` }));
    return {
      users: named([...userNames, "somebody-else"]),
      groups: named([...groupNames, "Start", danglingName]),
    };
  }

  static async make(beginning: Beginning, administratorId: string): Promise<World> {
    const made = new World();
    await transaction(async (tx) => {
      await clear(tx, administratorId);
      await made.#fill(tx, beginning);
    });
    made.held.add(made.users[0] ?? "");
    // Administrators are whom a chain must never get hold of.
    made.users.push(administratorId);
    return made;
  }

  /** A statement with the OCIDs of this tenancy. */
  written(text: string): string {
    return text.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => this.#ids.get(name) ?? name);
  }

  /** A caller as their next signed request would make them. */
  async callerNow(userId: string): Promise<Caller> {
    const standing = await reading((tx) => findStanding(tx, userId));
    return {
      userId,
      name: userId,
      kind: "local",
      tenancyId: runtime().tenancy.id,
      groups: standing?.groups ?? [],
      policies: await policiesAt(standing?.policiesVersion ?? 0),
      capabilities: allCapabilities,
      version: 1,
      proof: { type: "signature", credentialId: "", fingerprint: "" },
      origin: { requestId: "chain", address: "127.0.0.1", client: "chain" },
    };
  }

  async authorityOf(userId: string): Promise<Authority> {
    const { policies, groups } = await this.callerNow(userId);
    return policies.authorityOf(groups);
  }

  /** The scopes that everybody may have of anything that is registered. */
  async scopesByUser(): Promise<Map<string, string[]>> {
    const { rows } = await runtime().pool.query<{ id: string; scopes: string[] }>(
      `select m.user_id as id, array_agg(g.resource_id || ' ' || g.scope) as scopes
       from oauth_grants g join memberships m on m.group_id = g.group_id group by m.user_id`,
    );
    return new Map(rows.map(({ id, scopes }) => [id, scopes]));
  }

  async #fill(tx: Tx, { members, start, policies, scopes }: Beginning): Promise<void> {
    const { tenancy } = runtime();
    const place = { tenancyId: tenancy.id, freeformTags: {}, definedTags: {}, description: "" };
    for (const name of [...groupNames, "Start"]) {
      const { id } = await insertGroup(tx, { ...place, id: ocid("group"), name });
      this.#ids.set(name, id);
      this.groups.push(id);
    }
    for (const name of userNames) await this.#addUser(tx, name);
    const memberships = members.flatMap((names, index) => names.map((name) => [index, name]));
    for (const [index, name] of [...memberships, [0, "Start"]] as [number, string][])
      await insertMembership(tx, {
        id: ocid("groupmembership"),
        userId: this.users[index] ?? "",
        groupId: this.#ids.get(name) ?? "",
      });
    const given = start.map((what) => `Allow group Start to ${what}`);
    for (const texts of [given, ...policies]) {
      const statements = texts.map((text) => this.written(text));
      const name = `p-${randomUUID().slice(0, 8)}`;
      const id = ocid("policy");
      await insertPolicy(tx, { ...place, id, name, statements, versionDate: null });
      this.policies.push(id);
    }
    const { id } = await insertResource(tx, {
      id: ocid("oauthresource"),
      tenancyId: tenancy.id,
      name: "Sales",
      audience: "https://sales.example.com",
      scopes: [...scopeNames],
    });
    this.resources.push(id);
    for (const { group, scopes: granted } of scopes)
      await setScopeGrants(tx, {
        resourceId: id,
        groupId: this.#ids.get(group) ?? "",
        scopes: [...granted],
      });
  }

  /** With a token, an app and a waiting request, so that there is something to take, to replace and to grant. */
  async #addUser(tx: Tx, name: string): Promise<void> {
    const isService = name === "robot";
    const id = ocid("user");
    const email = isService ? null : `${name}-${randomUUID().slice(0, 8)}@example.com`;
    await insertUser(tx, {
      id,
      tenancyId: runtime().tenancy.id,
      kind: isService ? "service" : "local",
      name,
      nameKey: name,
      description: "",
      email,
      emailKey: email,
      capabilities: { ...allCapabilities, canUseConsolePassword: !isService },
      freeformTags: {},
      definedTags: {},
      createdBy: null,
      ...(isService && { ownerId: this.users[1] ?? null }),
    });
    if (name === "u2") await updateUser(tx, id, { state: "suspended", blockedAt: null });
    this.users.push(id);
    this.#ids.set(name, id);
    const credential = ocid("credential");
    await insertCredential(tx, {
      id: credential,
      kind: "auth_token",
      ownerId: id,
      publicId: credential,
      publicIdScope: "owner",
      details: { description: "was there before" },
      verifier: randomUUID(),
      sealedSecret: null,
      createdBy: null,
      createdByName: null,
      expiresAt: null,
    });
    this.credentials.push({ id: credential, ownerId: id });
    const device = ocid("mfatotpdevice");
    await insertTotpDevice(tx, { id: device, userId: id, sealedSeed: "never opened" });
    this.devices.push({ id: device, ownerId: id });
    const request = ocid("limitrequest");
    await saveLimitRequest(tx, { id: request, userId: id, kind: "auth_token", note: "" });
    this.requests.push(request);
  }
}

const ocid = (type: Parameters<typeof makeOcid>[0]) =>
  makeOcid(type, runtime().tenancy.realm, random);

/** Nothing is left of the chain before, and `Administrators` has its one member. */
async function clear(tx: Tx, administratorId: string): Promise<void> {
  await changePolicies(tx, runtime().tenancy.id);
  for (const statement of [
    sql`delete from oauth_resources`,
    sql`delete from policies where not is_protected`,
    sql`delete from memberships where user_id <> ${administratorId}`,
    sql`delete from users where id <> ${administratorId} and kind = 'service'`,
    sql`delete from users where id <> ${administratorId}`,
    sql`delete from groups where not is_administrators`,
  ])
    await tx.execute(statement);
}
