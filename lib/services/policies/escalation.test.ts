import { readdirSync, readFileSync } from "node:fs";

import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";

import { isAppError } from "@/lib/domain/errors";
import { type Authority, holdsPermission, lacking } from "@/lib/domain/policies/authority";
import { operationNames, ruleOf } from "@/lib/domain/policies/operations";
import { allPermissions, resourceTypes } from "@/lib/domain/policies/permissions";
import { openEveryKind } from "@/lib/testing/kind-values";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { type ActName, actNames, perform, type Step } from "./escalation-acts.fixture";
import {
  type Beginning,
  danglingName,
  groupNames,
  scopeNames,
  World,
} from "./escalation-world.fixture";

/**
 * Whoever can set a person's secrets can act as that person. So a chain of calls begins with one caller and goes on with
 * everybody whom it got hold of; at its end none of them may hold anything that the first did not hold at its beginning
 * (decisions.md 12), nor all of them together a scope that none of them had (decision 60).
 */
const isFull = process.env["LATCHKEY_FULL"] !== undefined;
const chains = isFull ? 3_000 : 100;
const patience = isFull ? 3_600_000 : 300_000;

let test: TestRuntime;
beforeAll(async () => {
  test = await startTestRuntime();
  await openEveryKind();
});
afterAll(() => test.stop());

const compared = fc.constantFrom(
  "target.user.name = /u*/",
  "target.user.name = 'u1'",
  "target.user.name != 'v3'",
  "target.user.id = '{{u1}}'",
  "target.user.id != '{{v3}}'",
  "target.group.name = 'Beta'",
  "target.group.name != 'Gamma'",
  "request.operation = /Create*/",
  "request.operation != 'DeleteUser'",
  "request.permission != 'USER_DELETE'",
  "request.permission = /*_UPDATE/",
);
const condition = fc.oneof(
  { arbitrary: compared, weight: 3 },
  {
    arbitrary: fc
      .tuple(fc.constantFrom("any", "all"), compared, compared)
      .map(([how, one, other]) => `${how} {${one}, ${other}}`),
    weight: 2,
  },
  {
    arbitrary: fc
      .tuple(compared, compared, compared)
      .map(([one, other, last]) => `any {${one}, all {${other}, ${last}}}`),
    weight: 1,
  },
);
const group = fc.constantFrom(...groupNames, danglingName);
const subject = fc.oneof(
  { arbitrary: group.map((name) => `group ${name}`), weight: 4 },
  { arbitrary: fc.constantFrom(...groupNames).map((name) => `group id {{${name}}}`), weight: 3 },
  {
    arbitrary: fc.tuple(group, group).map(([one, two]) => `group Default/${one}, ${two}`),
    weight: 1,
  },
  { arbitrary: fc.constantFrom("any-user", "any-group"), weight: 1 },
);
const statement = fc
  .record({
    subject,
    verb: fc.constantFrom("inspect", "read", "use", "manage", "manage"),
    resource: fc.oneof(
      fc.constantFrom("users", "users", "groups", "policies"),
      fc.constantFrom(...resourceTypes),
    ),
    where: fc.option(condition, { nil: undefined }),
  })
  .map(
    ({ subject: who, verb, resource, where }) =>
      `Allow ${who} to ${verb} ${resource} in tenancy${where === undefined ? "" : ` where ${where}`}`,
  );

const all = (...resources: string[]) => resources.map((each) => `manage ${each} in tenancy`);
const start = fc.oneof(
  fc.constantFrom(
    all("users", "groups"),
    all("users", "groups", "policies"),
    all("users", "groups", "policies", "oauth-resources"),
    all("users", "groups", "settings", "authentication-policies", "oauth-resources"),
    all("policies", "users"),
    ["manage groups in tenancy", "use users in tenancy"],
    all("users"),
    ["manage credentials in tenancy", "use users in tenancy"],
  ),
  fc
    .tuple(condition, condition)
    .map(([one, other]) => [
      `manage users in tenancy where ${one}`,
      `manage groups in tenancy where ${other}`,
      ...all("policies"),
    ]),
);

const beginning: fc.Arbitrary<Beginning> = fc.record({
  members: fc.array(fc.subarray([...groupNames]), { minLength: 5, maxLength: 5 }),
  start,
  policies: fc.array(fc.array(statement, { minLength: 1, maxLength: 2 }), {
    minLength: 1,
    maxLength: 3,
  }),
  scopes: fc.array(
    fc.record({ group: fc.constantFrom(...groupNames), scopes: fc.subarray([...scopeNames]) }),
    { maxLength: 2 },
  ),
});

const place = fc.nat({ max: 63 });
/** What gives the most is tried the most. */
const likely: readonly ActName[] = ["join", "join", "join", "createPolicy", "updatePolicy"];
const step: fc.Arbitrary<Step> = fc.record({
  act: fc.constantFrom(...actNames, ...likely),
  by: place,
  on: place,
  isOwn: fc.boolean(),
  at: place,
  statement,
});

const harmless = "Allow group Alpha to inspect users in tenancy";
/** Callers who may do much, and not everything, do each thing once: no act is one that is always refused. */
const inTurn: [Beginning, Step[]][] = [
  all("users", "groups", "policies"),
  all("users", "groups", "settings", "authentication-policies", "oauth-resources"),
].map((given) => [
  { members: [[], [], [], [], []], start: given, policies: [], scopes: [] },
  actNames.map((act) => ({ act, by: 0, on: 1, isOwn: false, at: 0, statement: harmless })),
]);

/** Takes the step, if it is allowed; one that is refused is tried on somebody else, too. */
async function take(world: World, one: Step): Promise<boolean> {
  for (const turn of [0, 1])
    try {
      await perform(world, { ...one, on: one.on + turn, at: one.at + turn });
      return true;
    } catch (error) {
      if (!isAppError(error)) throw error;
    }
  return false;
}

/** Every row that an authority opens on every target: what `lacking` decides without asking is asked here. */
class Reach {
  readonly #known = new WeakMap<Authority, ReadonlySet<string>>();
  readonly #targets: World["targets"];

  constructor(world: World) {
    this.#targets = world.targets;
  }

  of(authority: Authority): ReadonlySet<string> {
    const known = this.#known.get(authority) ?? this.#find(authority);
    this.#known.set(authority, known);
    return known;
  }

  #find(authority: Authority): ReadonlySet<string> {
    const reached = new Set<string>();
    for (const name of operationNames) {
      const { about, needs, as } = ruleOf(name);
      const isAbout = (...some: string[]) => some.includes(about);
      for (const user of isAbout("user", "membership") ? this.#targets.users : [undefined])
        for (const on of isAbout("group", "membership") ? this.#targets.groups : [undefined]) {
          const facts = {
            "request.operation": as ?? name,
            ...(user && { "target.user.name": user.name, "target.user.id": user.id }),
            ...(on && { "target.group.name": on.name }),
          };
          if (needs.every((permission) => holdsPermission(authority, permission, facts)))
            reached.add(`${name} ${user?.name} ${on?.name}`);
        }
    }
    return reached;
  }
}

/** Who holds everything can get hold of everybody: nothing would be proved. */
const isBoundless = (authority: Authority) =>
  allPermissions.every((one) => holdsPermission(authority, one, {}));

it(
  "no chain of calls ends with more than it began with",
  async () => {
    const taken = new Map<ActName, number>(actNames.map((name) => [name, 0]));
    let bounded = 0;
    let held = 0;
    await fc.assert(
      fc.asyncProperty(
        beginning,
        fc.array(step, { minLength: 10, maxLength: 26, size: "max" }),
        async (first, steps) => {
          const world = await World.make(first, test.admin.id);
          const before = await world.authorityOf(world.users[0] ?? "");
          if (isBoundless(before)) return;
          const reach = new Reach(world);
          const scopesBefore = await world.scopesByUser();
          for (const one of steps) {
            if (!(await take(world, one))) continue;
            taken.set(one.act, (taken.get(one.act) ?? 0) + 1);
            for (const userId of world.held) {
              const now = await world.authorityOf(userId);
              expect([one, lacking(before, now)]).toEqual([one, []]);
              expect([one, without(reach.of(now), reach.of(before))]).toEqual([one, []]);
            }
            // Whoever keeps the registry is the authority over scopes (decision 60).
            if (before.has("OAUTH_RESOURCE_UPDATE")) continue;
            const had = scopesOf(scopesBefore, world.held);
            const have = scopesOf(await world.scopesByUser(), world.held);
            expect([one, without(have, had)]).toEqual([one, []]);
          }
          bounded += 1;
          held += world.held.size - 1;
        },
      ),
      { numRuns: chains, examples: inTurn, interruptAfterTimeLimit: patience },
    );
    // Chains that reach nobody, and acts that are always refused, prove nothing.
    expect(bounded).toBeGreaterThan(chains / 2);
    expect(held).toBeGreaterThan(chains / 4);
    expect(sum([...taken.values()])).toBeGreaterThan(chains * 3);
    expect([...taken].filter(([, times]) => times === 0)).toEqual([]);
  },
  patience + 60_000,
);

const without = (some: ReadonlySet<string>, others: ReadonlySet<string>) =>
  [...some].filter((each) => !others.has(each));
const sum = (some: readonly number[]) => some.reduce((all, one) => all + one, 0);
const scopesOf = (byUser: ReadonlyMap<string, readonly string[]>, users: Iterable<string>) =>
  new Set([...users].flatMap((id) => byUser.get(id) ?? []));

/** Use cases that are no act of a chain, and why. */
const giveNothing: Readonly<Record<string, string>> = {
  proveIdentity: "for oneself alone",
  changePassword: "for oneself alone",
  requestLimit: "for oneself alone",
  beginEnrolment: "for oneself alone",
  createTotpDevice: "for oneself alone",
  generateTotpSeed: "for oneself alone",
  activateTotpDevice: "for oneself alone",
  renewRecoveryCodes: "for oneself alone",
  disableSecondFactor: "asks as deleteTotpDevice does, and needs a session",
  resendConfirmation: "mails the address that there is",
  rotateSigningKey: "changes what signs, and for nobody what is signed",
  signOut: "takes away alone",
  endSession: "takes away alone",
  endOtherSessions: "takes away alone",
};

it("every use case that changes something is an act of the chains, or gives nothing to anybody", () => {
  const read = (path: string) => readFileSync(`lib/services/${path}`, "utf8");
  const useCases = readdirSync("lib/services", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .flatMap((path) => /mutation\(\{\s+name: "(\w+)"/.exec(read(path))?.[1] ?? []);
  const chained = read("policies/escalation-acts.fixture.ts");
  const missing = useCases.filter((name) => !chained.includes(`${name}(`));
  expect(missing.sort()).toEqual(Object.keys(giveNothing).sort());
});
