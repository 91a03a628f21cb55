import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { credentialKinds } from "../credentials/registry";
import { condition, statementParts, written } from "./arbitrary.fixture";
import { authorityOf, grantedBy, holdsPermission, lacking } from "./authority";
import { type Facts, holds, printCondition, whenAsking } from "./conditions";
import { explain } from "./explain";
import { credentialOperation, operationNames, operations, ruleOf } from "./operations";
import { parseStatement } from "./parse";
import { allPermissions, permissionsOf, resourceTypes, verbs } from "./permissions";
import type { Condition, Statement } from "./statement";

function read(text: string): Statement {
  const result = parseStatement(text);
  if (!result.ok) throw new Error(`${text}: ${result.problem.message}`);
  return result.value;
}
const helpDesk = { id: "ocid1.group.local..help", name: "HelpDesk" };
const authority = (...texts: string[]) => authorityOf(texts.map(read), [helpDesk]);
const may = (text: string, permission: Parameters<typeof holdsPermission>[1], facts: Facts = {}) =>
  holdsPermission(authority(text), permission, facts);

describe("permissions", () => {
  it("grow from verb to verb, on every resource type", () => {
    for (const resource of resourceTypes) {
      for (const [index, verb] of verbs.entries()) {
        const stronger = new Set(permissionsOf(verbs[index + 1] ?? verb, resource));
        expect(permissionsOf(verb, resource).every((each) => stronger.has(each))).toBe(true);
      }
    }
  });

  it("are as console-facts.md 7.5 has them", () => {
    expect(permissionsOf("inspect", "users")).toEqual(["USER_INSPECT"]);
    expect(permissionsOf("read", "users")).toContain("USER_READ");
    expect(permissionsOf("use", "users")).toContain("USER_UPDATE");
    expect(permissionsOf("use", "users")).not.toContain("USER_EMAIL_SET");
    expect(permissionsOf("manage", "users")).toContain("CREDENTIAL_ADD");
    expect(permissionsOf("manage", "credentials")).toEqual([
      "CREDENTIAL_INSPECT",
      "CREDENTIAL_ADD",
      "CREDENTIAL_UPDATE",
      "CREDENTIAL_REMOVE",
    ]);
    expect(permissionsOf("read", "object-family")).toEqual([]);
    expect(permissionsOf("use", "object-family")).toEqual(["OBJECT_FAMILY_USE"]);
  });

  it("are each needed by some operation or held for one to come, and no operation needs another", () => {
    const needed = new Set(operationNames.flatMap((name) => ruleOf(name).needs));
    expect([...needed].filter((permission) => !allPermissions.includes(permission))).toEqual([]);
  });

  it("exist for every verb on every kind of credential", () => {
    for (const { id } of credentialKinds)
      for (const verb of ["list", "issue", "update", "revoke"] as const)
        expect([id, ruleOf(credentialOperation(id, verb)).isOwn]).toEqual([id, true]);
    expect(() => credentialOperation("nothing", "list")).toThrow("no rows");
  });

  it("touch a user only in operations that know the user", () => {
    for (const name of operationNames) {
      const { touches, about, needs } = ruleOf(name);
      if (touches) expect([name, ["user", "membership"].includes(about)]).toEqual([name, true]);
      if (needs.length === 0)
        expect(["GetTenancy", "ListCompartments", "GetCompartment"]).toContain(name);
    }
    expect(operations.SetUserEmail.touches).toBe(true);
  });
});

describe("statements grant", () => {
  it("to the groups they name, by name in any case, by OCID, and in the own domain", () => {
    for (const subject of [
      "group helpdesk",
      "group Other, HELPDESK",
      `group id ${helpDesk.id}`,
      "group Default/HelpDesk",
      "any-user",
      "any-group",
    ])
      expect([subject, may(`Allow ${subject} to read users in tenancy`, "USER_READ")]).toEqual([
        subject,
        true,
      ]);
    for (const subject of [
      "group HelpDesk2",
      "group Other/HelpDesk",
      "group id HelpDesk",
      `group ${helpDesk.id}`,
      "dynamic-group HelpDesk",
      "service HelpDesk",
    ])
      expect([subject, may(`Allow ${subject} to read users in tenancy`, "USER_READ")]).toEqual([
        subject,
        false,
      ]);
    const alone = authorityOf([read("Allow any-group to read users in tenancy")], []);
    expect(alone.size).toBe(0);
  });

  it("nothing for a compartment", () => {
    for (const place of [
      "compartment X",
      "compartment X:Y",
      "compartment id ocid1.tenancy.local..a",
    ])
      expect(authority(`Allow group HelpDesk to manage all-resources in ${place}`).size).toBe(0);
  });

  it("under conditions on the target, the operation and the permission, whatever the case", () => {
    const some = "Allow group HelpDesk to manage users in tenancy where";
    const ann = { "target.user.name": "Svc-Ann", "request.operation": "DeleteUser" };
    expect(may(`${some} target.user.name = 'svc-ANN'`, "USER_DELETE", ann)).toBe(true);
    expect(may(`${some} target.user.name != 'svc-ann'`, "USER_DELETE", ann)).toBe(false);
    expect(may(`${some} target.user.name = /svc-*/`, "USER_DELETE", ann)).toBe(true);
    expect(may(`${some} target.user.name = /*c-a*/`, "USER_DELETE", ann)).toBe(true);
    expect(may(`${some} target.user.name = /*svc/`, "USER_DELETE", ann)).toBe(false);
    expect(may(`${some} target.group.name != 'x'`, "USER_DELETE", ann)).toBe(false);
    expect(may(`${some} request.permission != 'user_delete'`, "USER_DELETE", ann)).toBe(false);
    expect(may(`${some} request.permission != 'user_delete'`, "USER_CREATE")).toBe(true);
    expect(
      may(
        `${some} any {request.operation = 'ListUsers', request.operation = 'DeleteUser'}`,
        "USER_DELETE",
        ann,
      ),
    ).toBe(true);
  });
});

describe("patterns", () => {
  it("match what the same regular expression matches", () => {
    const letters = fc.string({ unit: fc.constantFrom("a", "B", "."), maxLength: 8 });
    const globs = fc.string({ unit: fc.constantFrom("a", "b", "*", "."), maxLength: 8 });
    fc.assert(
      fc.property(globs, letters, (glob, text) => {
        const oracle = new RegExp(
          `^${glob.replaceAll(".", String.raw`\.`).replaceAll(/\*+/g, ".*")}$`,
          "i",
        );
        const pattern: Condition = {
          kind: "compare",
          variable: "target.user.name",
          isEqual: true,
          value: { text: glob, isPattern: true },
        };
        expect(holds(pattern, { "target.user.name": text })).toBe(oracle.test(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("what decides early", () => {
  const fact = fc.option(fc.constantFrom("ann", "bob", "nobody"), { nil: undefined });
  const facts = fc
    .record({
      "target.user.name": fact,
      "target.user.id": fact,
      "target.group.name": fact,
      "request.operation": fact,
    })
    .map((all) =>
      Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)),
    );

  it("agrees with what is found once everything is known", () => {
    fc.assert(
      fc.property(
        condition,
        facts,
        fc.constantFrom(...allPermissions),
        (tried, known, permission) => {
          const result = holds(tried, { ...known, "request.permission": permission });
          const early = whenAsking(tried, permission);
          if (early !== "open") expect(result).toBe(early === "always");
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it("is not changed by printing", () => {
    fc.assert(
      fc.property(
        condition,
        facts,
        fc.constantFrom(...allPermissions),
        (tried, known, permission) => {
          const { condition: again } = read(
            `Allow any-user to use repos in tenancy where ${printCondition(tried)}`,
          );
          const all = { ...known, "request.permission": permission };
          expect(holds(again, all)).toBe(holds(tried, all));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  const statements = fc.array(
    statementParts.map((parts) => read(written(parts))),
    { maxLength: 4 },
  );

  it("whoever lacks nothing of another may do all that the other may", () => {
    fc.assert(
      fc.property(statements, statements, facts, (mine, theirs, known) => {
        const more = grantedBy([...mine, ...theirs.slice(1)]);
        const less = grantedBy(theirs);
        if (lacking(more, less).length > 0) return;
        for (const permission of allPermissions)
          if (holdsPermission(less, permission, known))
            expect(holdsPermission(more, permission, known)).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("knows no more than everything, and lacks what is conditional", () => {
    const everything = grantedBy([read("Allow any-user to manage all-resources in tenancy")]);
    fc.assert(
      fc.property(statements, (some) => {
        expect(lacking(everything, grantedBy(some))).toEqual([]);
      }),
    );
    const some = "Allow any-user to use repos in tenancy";
    const onAnn = grantedBy([read(`${some} where target.user.name = 'ann'`)]);
    expect(lacking(onAnn, grantedBy([read(some)]))).toEqual(["REPOSITORY_USE"]);
    expect(lacking(grantedBy([read(some)]), onAnn)).toEqual([]);
    expect(lacking(onAnn, grantedBy([read(`${some} where target.user.name = 'bob'`)]))).toEqual([
      "REPOSITORY_USE",
    ]);
    expect(
      lacking(onAnn, grantedBy([read(`${some} where all {target.user.name = 'ANN'}`)])),
    ).toEqual([]);
  });

  it("explains exactly what it decides", () => {
    fc.assert(
      fc.property(
        statements,
        facts,
        fc.subarray([...allPermissions], { minLength: 1, maxLength: 3 }),
        (some, known, needs) => {
          const groups = [helpDesk];
          const placed = some.map((statement, index) => ({
            policy: { id: `${index}`, name: "p" },
            statement,
          }));
          const { isAllowed, verdicts } = explain(placed, { groups, needs, facts: known });
          const held = authorityOf(some, groups);
          expect(isAllowed).toBe(
            needs.every((permission) => holdsPermission(held, permission, known)),
          );
          expect(
            verdicts.every(({ grants, because }) => grants.length > 0 === (because === null)),
          ).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
