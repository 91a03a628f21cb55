import { generateKeyPairSync, randomUUID } from "node:crypto";

import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { reading, transaction } from "@/lib/data/db";
import { changePolicies } from "@/lib/data/policies";
import { findStanding } from "@/lib/data/users";
import type { Caller } from "@/lib/domain/caller";
import { isAppError } from "@/lib/domain/errors";
import { type Authority, lacking } from "@/lib/domain/policies/authority";
import { allCapabilities } from "@/lib/domain/users/capabilities";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "../credentials/issue-credential";
import { addUserToGroup } from "../groups/add-user-to-group";
import { createGroup } from "../groups/create-group";
import { deleteGroup } from "../groups/delete-group";
import { listMemberships } from "../groups/list-memberships";
import { removeUserFromGroup } from "../groups/remove-user-from-group";
import { createOrResetPassword } from "../passwords/create-or-reset-password";
import { createUser } from "../users/create-user";
import { deleteUser } from "../users/delete-user";
import { updateCapabilities } from "../users/update-capabilities";
import { updateUser } from "../users/update-user";
import { createPolicy } from "./create-policy";
import { deletePolicy } from "./delete-policy";
import { policiesAt } from "./in-force";
import { updatePolicy } from "./update-policy";

/**
 * Whoever can set a person's secrets can act as that person. So a chain of calls begins with one caller and goes on with
 * everybody whom it got hold of; at its end none of them may hold anything that the first did not hold at its beginning
 * (decisions.md 12).
 */
const isFull = process.env["LATCHKEY_FULL"] !== undefined;
const milliseconds = isFull ? 600_000 : 25_000;

let test: TestRuntime;
let host: Caller;
beforeAll(async () => {
  test = await startTestRuntime();
  host = await callerNow(test.admin.id);
});
afterAll(() => test.stop());

/** A caller as their next signed request would make them. */
async function callerNow(userId: string): Promise<Caller> {
  const standing = await reading((tx) => findStanding(tx, userId));
  return {
    userId,
    name: userId,
    kind: "local",
    tenancyId: test.runtime.tenancy.id,
    groups: standing?.groups ?? [],
    policies: await policiesAt(standing?.policiesVersion ?? 0),
    capabilities: allCapabilities,
    version: 1,
    proof: { type: "signature", credentialId: "", fingerprint: "" },
    origin: { requestId: "chain", address: "127.0.0.1", client: "chain" },
  };
}

async function authorityNow(userId: string): Promise<Authority> {
  const { policies, groups } = await callerNow(userId);
  return policies.authorityOf(groups);
}

const groupNames = ["Alpha", "Beta", "Gamma", "Dangling"] as const;

const statement = fc
  .record({
    subject: fc.oneof(
      { arbitrary: fc.constantFrom(...groupNames).map((name) => `group ${name}`), weight: 6 },
      { arbitrary: fc.constant("any-user"), weight: 1 },
    ),
    verb: fc.constantFrom("inspect", "read", "use", "manage"),
    resource: fc.constantFrom(
      "users",
      "groups",
      "policies",
      "credentials",
      "settings",
      "all-resources",
    ),
    where: fc.constantFrom(
      "",
      "",
      "",
      " where target.user.name = /u*/",
      " where request.permission != 'USER_DELETE'",
      " where target.group.name = 'Beta'",
    ),
  })
  .map(
    ({ subject, verb, resource, where }) =>
      `Allow ${subject} to ${verb} ${resource} in tenancy${where}`,
  );

const place = fc.nat({ max: 63 });
const world = fc.record({
  /** For each of four people: which of the groups Alpha, Beta and Gamma they are in. */
  members: fc.array(fc.subarray(["Alpha", "Beta", "Gamma"]), { minLength: 4, maxLength: 4 }),
  policies: fc.array(fc.array(statement, { minLength: 1, maxLength: 2 }), { maxLength: 3 }),
  /** What the first caller begins with, at the least: chains of somebody who may do nothing are soon told. */
  start: fc.constantFrom(
    ["manage users", "use groups"],
    ["manage users", "manage groups", "manage policies"],
    ["manage users", "manage groups", "manage policies", "read settings"],
    ["manage users", "manage groups"],
    ["manage policies", "inspect users"],
    ["manage groups", "use users"],
    ["manage users"],
  ),
});

const acts = [
  "createUser",
  "resetPassword",
  "issueToken",
  "addKey",
  "setEmail",
  "capabilities",
  "deleteUser",
  "join",
  "join",
  "join",
  "leave",
  "createGroup",
  "deleteGroup",
  "createPolicy",
  "updatePolicy",
  "deletePolicy",
] as const;
const step = fc.record({
  act: fc.constantFrom(...acts),
  by: place,
  on: place,
  /** On somebody whom the chain can act as already. */
  isOwn: fc.boolean(),
  at: place,
  statement,
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const key = generateKeyPairSync("rsa", { modulusLength: 2048 })
  .publicKey.export({ type: "spki", format: "pem" })
  .toString();

const pick = <T>(some: readonly T[], at: number): T | undefined =>
  some.length === 0 ? undefined : some[at % some.length];

/** The tenancy as a chain finds it and leaves it. */
class World {
  readonly users: string[] = [];
  readonly groups: string[] = [];
  readonly policies: string[] = [];
  /** Whom the chain can act as. */
  readonly held = new Set<string>();

  private constructor() {}

  static async make({
    members,
    policies,
    start,
  }: typeof world extends fc.Arbitrary<infer V> ? V : never) {
    await clear();
    const made = new World();
    for (const name of ["Alpha", "Beta", "Gamma"])
      made.groups.push((await createGroup(host, { name, description: "" })).id);
    for (const [index, names] of members.entries()) {
      const { id } = await createUser(host, { name: `u${index}-${randomUUID().slice(0, 8)}` });
      made.users.push(id);
      for (const name of names)
        await addUserToGroup(host, {
          userId: id,
          groupId: made.groups[["Alpha", "Beta", "Gamma"].indexOf(name)],
        });
    }
    const first = await createGroup(host, { name: "Start", description: "" });
    await addUserToGroup(host, { userId: made.users[0], groupId: first.id });
    const given = start.map((what) => `Allow group Start to ${what} in tenancy`);
    for (const statements of [given, ...policies]) {
      const name = `p-${randomUUID().slice(0, 8)}`;
      made.policies.push((await createPolicy(host, { name, description: "", statements })).id);
    }
    made.held.add(made.users[0] ?? "");
    return made;
  }

  /** Takes a step, if it is allowed; answers whether it was. */
  async take(one: Step): Promise<boolean> {
    const actor = pick([...this.held], one.by);
    if (actor === undefined) return false;
    try {
      await this.perform(await callerNow(actor), one);
      return true;
    } catch (error) {
      if (isAppError(error)) return false;
      throw error;
    }
  }

  private async perform(
    caller: Caller,
    { act, on, isOwn, at, statement: text }: Step,
  ): Promise<void> {
    const userId = pick(isOwn ? [...this.held] : this.users, on) ?? "";
    const groupId = pick(this.groups, at) ?? "";
    const policyId = pick(this.policies, at) ?? "";
    const name = `n-${randomUUID().slice(0, 8)}`;
    switch (act) {
      case "createUser": {
        const { id } = await createUser(caller, { name: `u-${name}` });
        this.users.push(id);
        return;
      }
      case "resetPassword":
        await createOrResetPassword(caller, { userId });
        return void this.held.add(userId);
      case "issueToken":
        await issueCredential(caller, {
          ownerId: userId,
          kind: "auth_token",
          values: { description: "chain" },
        });
        return void this.held.add(userId);
      case "addKey":
        await issueCredential(caller, { ownerId: userId, kind: "api_key", values: { key } });
        return void this.held.add(userId);
      case "setEmail":
        // Brings a temporary password by mail.
        await updateUser(caller, { userId, email: `${name}@example.com` });
        return void this.held.add(userId);
      case "capabilities":
        return void (await updateCapabilities(caller, {
          userId,
          capabilities: { canUseApiKeys: true },
        }));
      case "deleteUser":
        await deleteUser(caller, { userId });
        this.users.splice(this.users.indexOf(userId), 1);
        return void this.held.delete(userId);
      case "join":
        return void (await addUserToGroup(caller, { userId, groupId }));
      case "leave": {
        const { items } = await listMemberships(host, { userId });
        const membershipId = pick(items, at)?.id ?? "";
        return void (await removeUserFromGroup(caller, { membershipId }));
      }
      case "createGroup": {
        const wanted = pick(groupNames, at) ?? name;
        this.groups.push((await createGroup(caller, { name: wanted, description: "" })).id);
        return;
      }
      case "deleteGroup":
        // The newest is the likeliest to be empty.
        await deleteGroup(caller, { groupId: this.groups.at(-1) ?? "" });
        this.groups.pop();
        return;
      case "createPolicy": {
        const policy = { name, description: "", statements: [text] };
        this.policies.push((await createPolicy(caller, policy)).id);
        return;
      }
      case "updatePolicy":
        return void (await updatePolicy(caller, { policyId, statements: [text] }));
      case "deletePolicy":
        await deletePolicy(caller, { policyId });
        this.policies.splice(this.policies.indexOf(policyId), 1);
    }
  }
}

async function clear(): Promise<void> {
  await transaction((tx) => changePolicies(tx, test.runtime.tenancy.id));
  for (const text of [
    "delete from policies where not is_protected",
    "delete from memberships where user_id <> $1",
    "delete from users where id <> $1",
  ])
    await test.runtime.pool.query(text, text.includes("$1") ? [test.admin.id] : []);
  await test.runtime.pool.query("delete from groups where not is_administrators");
  host = await callerNow(test.admin.id);
}

it(
  "no chain of calls ends with more than it began with",
  async () => {
    const taken = new Map<string, number>();
    let chains = 0;
    let heldAtMost = 0;
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.array(step, { minLength: 8, maxLength: 24 }),
        async (first, steps) => {
          const made = await World.make(first);
          const before = await authorityNow(made.users[0] ?? "");
          for (const one of steps) {
            if (await made.take(one)) taken.set(one.act, (taken.get(one.act) ?? 0) + 1);
            for (const userId of made.held)
              expect([one, lacking(before, await authorityNow(userId))]).toEqual([one, []]);
          }
          chains += 1;
          heldAtMost = Math.max(heldAtMost, made.held.size);
        },
      ),
      {
        numRuns: 100_000,
        interruptAfterTimeLimit: milliseconds,
        markInterruptAsFailure: false,
      },
    );
    // Chains whose every step is refused prove nothing.
    expect(chains).toBeGreaterThan(5);
    expect(taken.size).toBeGreaterThan(10);
    expect(heldAtMost).toBeGreaterThan(1);
  },
  milliseconds + 60_000,
);
