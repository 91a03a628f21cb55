import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { transaction } from "@/lib/data/db";
import { saveSetting } from "@/lib/data/settings";
import type { Caller } from "@/lib/domain/caller";
import type { QualifiedScope } from "@/lib/domain/oauth/scopes";
import { makeCaller } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "../credentials/issue-credential";
import { updateCredential } from "../credentials/update-credential";
import { clientNamed } from "./client";
import { oauthTopic } from "./settings";

const kind = "oauth_client_credential";
const audience = "https://analytics.example.com";
const read = { audience, scope: "read" };
const write = { audience, scope: "write" };
const foreign = { audience: "urn:nobody:registered", scope: "read" };

let stage: TestRuntime;
let administrator: Caller;
let owner: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  administrator = await makeCaller({ isAdministrator: true });
  await sql(
    `insert into oauth_resources (id, tenancy_id, name, name_key, audience, scopes)
     values ('analytics', $1, 'Analytics', 'analytics', $2, '{read,write}')`,
    [runtime().tenancy.id, audience],
  );
});
afterAll(() => stage.stop());
beforeEach(async () => {
  owner = await makeCaller();
});

const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;

/** Puts somebody into a group of their own that has the scope. */
async function grant(userId: string, scope: string): Promise<string> {
  const groupId = randomUUID();
  await sql("insert into groups (id, tenancy_id, name, name_key) values ($1, $2, $1, $1)", [
    groupId,
    runtime().tenancy.id,
  ]);
  await sql("insert into memberships (id, user_id, group_id) values ($1, $2, $1)", [
    groupId,
    userId,
  ]);
  await sql(
    "insert into oauth_grants (resource_id, scope, group_id) values ('analytics', $1, $2)",
    [scope, groupId],
  );
  return groupId;
}

const issue = (caller: Caller, scopes: readonly QualifiedScope[]) =>
  issueCredential(caller, {
    reason: "a test",
    ownerId: owner.userId,
    kind,
    values: { name: "report", description: "", scopes },
  });

describe("scopes", () => {
  it("of a registered audience are had by those alone whose group was granted them", async () => {
    await expect(issue(owner, [read])).rejects.toMatchObject({
      code: "invalid_input",
      fields: { "scopes.0.scope": expect.stringContaining("not granted to you") },
    });
    await grant(owner.userId, "read");
    await expect(issue(owner, [read, write])).rejects.toMatchObject({
      fields: { "scopes.1.scope": expect.any(String) },
    });
    await expect(issue(administrator, [write])).rejects.toMatchObject({
      fields: { "scopes.0.scope": expect.stringContaining(owner.name) },
    });
    expect((await issue(owner, [read])).credential.details).toMatchObject({ scopes: [read] });
  });

  it("of an audience that nobody registered are entered by administrators, or by all if so set", async () => {
    await expect(issue(owner, [foreign])).rejects.toMatchObject({
      code: "invalid_input",
      fields: { "scopes.0.audience": expect.stringContaining("administrator") },
    });
    await issue(administrator, [foreign]);
    await transaction((tx) => saveSetting(tx, oauthTopic, { anyoneMayEnterAudience: true }));
    await issue(owner, [foreign]);
    await transaction((tx) => saveSetting(tx, oauthTopic, {}));
    await expect(issue(owner, [foreign])).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("that a credential has stay through a change; what is added is asked for", async () => {
    const { credential } = await issue(administrator, [foreign]);
    const change = (scopes: readonly QualifiedScope[]) =>
      updateCredential(owner, {
        ownerId: owner.userId,
        kind,
        credential: { id: credential.id },
        values: { description: "later", scopes },
      });
    await expect(change([foreign, read])).rejects.toMatchObject({
      fields: { "scopes.1.scope": expect.any(String) },
    });
    await grant(owner.userId, "read");
    const { credential: changed } = await change([read, foreign]);
    expect(changed.details).toEqual({
      name: "report",
      description: "later",
      scopes: [read, { ...foreign, isEntered: true }],
    });
    const [event] = await sql(
      "select details from audit_events where subject_id = $1 and action = 'updateCredential' and outcome = 'done'",
      [credential.id],
    );
    expect(event?.["details"]).toMatchObject({
      changed: ["description", "scopes"],
      before: { scopes: [{ ...foreign, isEntered: true }] },
      after: { description: "later", scopes: [read, { ...foreign, isEntered: true }] },
    });
    await expect(change([read, read])).rejects.toMatchObject({
      fields: { "scopes.1.scope": "This credential has this scope already." },
    });
    await expect(change([])).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("are in force as long as they are granted", async () => {
    const groupId = await grant(owner.userId, "write");
    await grant(owner.userId, "read");
    const { credential } = await issue(administrator, [foreign, read, write]);
    const withheld = async () => (await clientNamed(credential.id))?.withheld;
    expect(await withheld()).toEqual([]);
    await sql("delete from memberships where group_id = $1", [groupId]);
    expect(await withheld()).toEqual([write]);
    // Nobody vouched for it: entered by somebody who may not, it would be in force for nobody.
    await sql("update credentials set details = details #- '{scopes,0,isEntered}' where id = $1", [
      credential.id,
    ]);
    expect(await withheld()).toEqual([foreign, write]);
  });
});

describe("two pairs that read the same once joined", () => {
  it("are not in one credential: a token request could mean either", async () => {
    const twins = [
      { audience: "urn:a", scope: "b-c" },
      { audience: "urn:a-b", scope: "c" },
    ];
    await expect(issue(administrator, twins)).rejects.toMatchObject({
      fields: { "scopes.1.scope": expect.any(String) },
    });
  });
});

describe("realms that do not offer the kind", () => {
  it("refuse its creation", async () => {
    const withheld = await startTestRuntime({ LATCHKEY_REALM: "oc4" });
    try {
      const person = await makeCaller({ isAdministrator: true });
      await expect(
        issueCredential(person, {
          ownerId: person.userId,
          kind,
          values: { name: "report", description: "", scopes: [foreign] },
        }),
      ).rejects.toMatchObject({
        code: "invalid_input",
        message: expect.stringContaining("not offered in the realm oc4"),
      });
    } finally {
      await withheld.stop();
    }
  });
});
