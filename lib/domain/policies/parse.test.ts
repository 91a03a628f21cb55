import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { statementParts, written } from "./arbitrary.fixture";
import { complete } from "./complete";
import { longestStatement, parseStatement } from "./parse";
import { allPermissions } from "./permissions";
import type { Statement } from "./statement";

function parsed(text: string): Statement {
  const result = parseStatement(text);
  if (!result.ok) throw new Error(`${text}: ${result.problem.message}`);
  return result.value;
}

function problemOf(text: string) {
  const result = parseStatement(text);
  if (result.ok) throw new Error(`${text} was read.`);
  const { message, start, end } = result.problem;
  return { message, at: text.slice(start, end), start };
}

describe("statements", () => {
  it.each([
    ["Allow group HelpDesk to manage users in tenancy", { verb: "manage", resource: "users" }],
    [
      "ALLOW GROUP Administrators TO MANAGE ALL-RESOURCES IN TENANCY",
      { resource: "all-resources" },
    ],
    [
      "allow group A, B to inspect groups in compartment Project-A:Sub",
      { location: { kind: "compartment", path: ["Project-A", "Sub"] } },
    ],
    [
      "Allow group 'Name With Space' to use object-family in tenancy",
      { subject: { kind: "groups", groups: [{ name: "Name With Space", domain: null }] } },
    ],
    [
      "Allow group id ocid1.group.local..aaaa, id ocid1.group.local..bbbb to read users in tenancy",
      {
        subject: {
          kind: "groups",
          groups: [{ id: "ocid1.group.local..aaaa" }, { id: "ocid1.group.local..bbbb" }],
        },
      },
    ],
    [
      "Allow group 'Default'/'Help Desk', Other/X to read users in tenancy",
      {
        subject: {
          kind: "groups",
          groups: [
            { name: "Help Desk", domain: "Default" },
            { name: "X", domain: "Other" },
          ],
        },
      },
    ],
    ["Allow any-user to use repos in tenancy", { subject: { kind: "any-user" } }],
    ["Allow any-group to use repos in tenancy", { subject: { kind: "any-group" } }],
    [
      "Allow dynamic-group Builders to use repos in compartment id ocid1.compartment.local..a",
      { location: { kind: "compartment-id", id: "ocid1.compartment.local..a" } },
    ],
    ["Allow service blockstorage to use users in tenancy", { subject: { kind: "service" } }],
    [
      "Allow group A to manage users in tenancy where target.user.name = /svc-*/",
      {
        condition: {
          kind: "compare",
          variable: "target.user.name",
          isEqual: true,
          value: { text: "svc-*", isPattern: true },
        },
      },
    ],
    [
      "Allow group A to use groups in tenancy where all{target.group.name!='Administrators',any {request.operation='AddUserToGroup', request.permission = 'GROUP_UPDATE'}}",
      {
        condition: {
          kind: "all",
          parts: [
            { variable: "target.group.name", isEqual: false },
            { kind: "any", parts: [{ value: { text: "AddUserToGroup" } }, { isEqual: true }] },
          ],
        },
      },
    ],
  ])("%s", (text, expected) => {
    expect(parsed(text)).toMatchObject(expected);
  });

  it("read back as what they were written from, in any case and with any space", () => {
    fc.assert(
      fc.property(statementParts, (parts) => {
        const text = written(parts);
        expect(parsed(text)).toEqual({ ...parts, text });
        expect(parsed(` \n${text}\t`)).toEqual({ ...parts, text });
      }),
      { numRuns: 500 },
    );
  });
});

describe("problems", () => {
  it.each([
    ["", "", "The statement is not finished. “Allow” follows here."],
    ["Permit group A to read users in tenancy", "Permit", "“Allow” follows here."],
    ["Allow users to read users in tenancy", "users", /“group”, “any-user”.* follows here/],
    ["Allow group to read users in tenancy", "read", "“to” follows here."],
    ["Allow group A, to read users in tenancy", "read", "“to” follows here."],
    ["Allow group A to administer users in tenancy", "administer", /“inspect”.*or “manage”/],
    ["Allow group A to read user in tenancy", "user", /Did you mean “users”/],
    ["Allow group A to read usres in tenancy", "usres", /Did you mean “users”/],
    ["Allow group A to read polices in tenancy", "polices", /Did you mean “policies”/],
    ["Allow group A to read buckets in tenancy", "buckets", /Use one of users, /],
    ["Allow group A to read buckets in tenancy", "buckets", /no resource type of this tenancy/],
    ["Allow group A to read users", "", /not finished. “in” follows/],
    ["Allow group A to read users in tenancy if x", "if", "Only “where” may follow here."],
    ["Allow group A to read users in tenancy where", "", /not finished. A condition follows/],
    [
      "Allow group A to read users in tenancy where target.user.email = 'x'",
      "target.user.email",
      /cannot be asked about. Use one of target.user.name/,
    ],
    ["Allow group A to read users in tenancy where target.user.name 'x'", "'x'", /“=” or “!=”/],
    ["Allow group A to read users in tenancy where target.user.name = x", "x", /A value follows/],
    ["Allow group A to read users in tenancy where all {}", "}", /A condition follows/],
    [
      "Allow group A to read users in tenancy where any {target.user.name = 'x'",
      "",
      /not finished. “}” follows/,
    ],
    [
      "Allow group A to read users in tenancy where target.user.name = 'x",
      "'x",
      /no closing quote/,
    ],
    [
      "Allow group A to read users in tenancy where target.user.name = /x*",
      "/x*",
      /no closing slash/,
    ],
    ["Allow group “A” to read users in tenancy", "“", /straight single quotes/],
    ["Allow group A; to read users in tenancy", ";", /“;” has no meaning/],
  ])("%s", (text, at, message) => {
    const problem = problemOf(text);
    expect(problem.at).toBe(at);
    expect(problem.message).toMatch(message);
  });

  it("bound what a statement may be", () => {
    expect(problemOf("x".repeat(longestStatement + 1)).message).toMatch(/at most 2000 characters/);
    const deep = `${"all {".repeat(12)}target.user.name = 'x'${"}".repeat(12)}`;
    expect(problemOf(`Allow any-user to use repos in tenancy where ${deep}`).message).toMatch(
      /at most 10 deep/,
    );
  });

  it("are found in any text, within it, and never thrown", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "Allow",
        "group",
        "to",
        "in",
        "where",
        "all",
        "{",
        "}",
        "'",
        "/",
        ",",
        "=",
        "id",
      ),
      fc.string({ maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join(" ");
        const result = parseStatement(text);
        if (result.ok) return;
        const { start, end, message } = result.problem;
        expect(start >= 0 && start <= end && end <= text.length && message !== "").toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("completion", () => {
  const groups = ["HelpDesk", "Administrators"];
  const users = "Allow group HelpDesk to manage users in tenancy";
  const offered = (text: string) => complete(text, text.length, { groups }).words;

  it.each([
    ["", ["Allow"]],
    ["Al", ["Allow"]],
    ["Allow ", ["group", "any-user", "any-group", "dynamic-group", "service"]],
    ["Allow group ", ["id", ...groups]],
    ["Allow group help", ["HelpDesk"]],
    ["Allow group HelpDesk ", ["to"]],
    ["Allow group HelpDesk, ", ["id", ...groups]],
    ["Allow group HelpDesk to ", ["inspect", "read", "use", "manage"]],
    ["Allow group HelpDesk to manage cred", ["credentials", "credential-verification"]],
    ["Allow group HelpDesk to manage users in ", ["tenancy", "compartment"]],
    ["Allow group HelpDesk to manage users in tenancy ", ["where"]],
    [
      "Allow group HelpDesk to manage users in tenancy where target.u",
      ["target.user.name", "target.user.id"],
    ],
    ["Allow group HelpDesk to manage users in tenancy where target.user.name = ", []],
    ["Allow group ’", []],
    ["Allow group 'help", ["'HelpDesk'"]],
    [`${users} where request.operation = Lis`, expect.arrayContaining(["'ListUsers'"])],
    [`${users} where request.operation = 'listusers`, ["'ListUsers'"]],
    [`${users} where request.operation != 'listusers'`, []],
    [`${users} where all {request.permission = 'USER_INS`, ["'USER_INSPECT'"]],
    [`${users} where request.permission = 'it has a '`, []],
    [`${users} where any {target.group.name = 'help`, ["'HelpDesk'"]],
    [`${users} where target.group.name != `, groups.map((group) => `'${group}'`)],
    [`${users} where target.user.name = 'help`, []],
    [`${users} where request.operation = /Lis`, []],
    ["Allow group HelpDesk to manage users", []],
  ])("“%s”", (text, expected) => {
    expect(offered(text)).toEqual(expected);
  });

  it("offers every name that a request can have, and no other", () => {
    const operations = offered(`${users} where request.operation = `);
    expect(operations).toContain("'ListEvents'");
    expect(operations).not.toContain("'ReadAuditEvents'");
    expect(new Set(operations).size).toBe(operations.length);
    const permissions = offered(`${users} where request.permission = `);
    expect(permissions).toEqual(allPermissions.map((name) => `'${name}'`));
  });

  it("offers, at the beginning of any word of the language, that word", () => {
    const known = new Set([
      "to",
      "in",
      "tenancy",
      "compartment",
      "where",
      "manage",
      "users",
      "group",
    ]);
    fc.assert(
      fc.property(statementParts, (parts) => {
        const text = written(parts);
        for (const { index, 0: word } of text
          .split(" where ")[0]
          ?.matchAll(/(?<= )[a-z]+(?= |$)/g) ?? []) {
          if (known.has(word)) expect(offered(text.slice(0, index))).toContain(word);
        }
      }),
    );
  });
});
