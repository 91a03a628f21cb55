import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { makeCaller, makePerson, signedIn } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "../credentials/issue-credential";
import { addUserToGroup } from "../groups/add-user-to-group";
import { createGroup } from "../groups/create-group";
import { deleteGroup } from "../groups/delete-group";
import { createPolicy } from "../policies/create-policy";
import { changeSettings } from "../settings/change-settings";
import { readSettings } from "../settings/read-settings";
import { deleteOauthResource } from "./delete-resource";
import { grantScopes } from "./grant-scopes";
import { listGrantedScopes } from "./list-granted-scopes";
import { listOauthResources } from "./list-resources";
import { registerOauthResource } from "./register-resource";
import { updateOauthResource } from "./update-resource";

/** The registry of services that accept tokens: who keeps it, and what a change of it does to what people may have. */
let stage: TestRuntime;
let host: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  host = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());

const some = () => `r-${randomUUID().slice(0, 8)}`;
const fields = (change: { name?: string; audience?: string; scopes?: string[] } = {}) => {
  const name = change.name ?? some();
  return { name, audience: `https://${some()}.example.com`, scopes: ["read", "write"], ...change };
};
const register = (change = {}) => registerOauthResource(host, fields(change));
const outcome = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error: unknown) => String(Object(error).code),
  );
const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;
const events = (subjectId: string) =>
  sql("select action, outcome, details from audit_events where subject_id = $1 order by id", [
    subjectId,
  ]);

const letAnyoneEnter = (caller: Caller, anyoneMayEnterAudience: boolean) =>
  changeSettings(caller, { topic: "oauth", change: { anyoneMayEnterAudience } });

const makeGroup = () => createGroup(host, { name: some(), description: "" });

/** Somebody in a group of their own, which the statements speak of as GROUP. */
async function somebodyWho(...statements: string[]) {
  const group = await makeGroup();
  if (statements.length > 0) {
    const texts = statements.map((text) => text.replaceAll("GROUP", group.name));
    await createPolicy(host, { name: some(), description: "", statements: texts });
  }
  const person = await makePerson();
  await addUserToGroup(host, { userId: person.id, groupId: group.id });
  return { caller: await signedIn(person), group, person };
}

const late = (caller: Caller): Caller => {
  if (caller.proof.type !== "session") throw new Error("no session");
  const provedAt = new Date(caller.proof.now.getTime() - 16 * 60_000);
  return { ...caller, proof: { ...caller.proof, provedAt } };
};

describe("a resource", () => {
  it("is registered, listed by name, changed and deleted, each with its row in the audit trail", async () => {
    const made = await register({ name: "Zeta Reports", scopes: ["read", "write", "read"] });
    expect(made).toMatchObject({
      name: "Zeta Reports",
      scopes: [
        { name: "read", groups: [] },
        { name: "write", groups: [] },
      ],
      version: 1,
    });
    expect(made.id).toMatch(/^ocid1\.oauthresource\./);
    await register({ name: "alpha" });
    const names = (await listOauthResources(host, {})).map(({ name }) => name);
    expect(names.indexOf("alpha")).toBeLessThan(names.indexOf("Zeta Reports"));

    const change = { ...fields({ name: "Zeta", scopes: ["read"] }), resourceId: made.id };
    const changed = await updateOauthResource(host, change);
    expect(changed).toMatchObject({ name: "Zeta", scopes: [{ name: "read" }], version: 2 });
    await expect(updateOauthResource(host, change, { ifMatch: "v1" })).rejects.toMatchObject({
      code: "stale",
    });
    // A form from before the change takes nothing of it away.
    const late = { ...change, name: "Zeta too", seenVersion: 1 };
    await expect(updateOauthResource(host, late)).rejects.toMatchObject({ code: "stale" });
    await updateOauthResource(host, { ...change, seenVersion: 2 });
    await deleteOauthResource(host, { resourceId: made.id });
    expect((await listOauthResources(host, {})).map(({ id }) => id)).not.toContain(made.id);
    expect(await outcome(deleteOauthResource(host, { resourceId: made.id }))).toBe("not_found");
    expect(await outcome(updateOauthResource(host, change))).toBe("not_found");
    expect(await events(made.id)).toMatchObject([
      { action: "registerOauthResource", outcome: "done", details: { scopes: ["read", "write"] } },
      {
        action: "updateOauthResource",
        details: { audience: change.audience, formerAudience: made.audience },
      },
      { action: "updateOauthResource", details: { formerAudience: change.audience } },
      { action: "deleteOauthResource", details: { audience: change.audience } },
    ]);
  });

  it("has a name and an audience of its own, whatever the name's case, also after a change", async () => {
    const first = await register();
    const second = await register();
    const taken = (change: object) => ({
      code: "already_exists",
      fields: Object.fromEntries(Object.keys(change).map((field) => [field, expect.any(String)])),
    });
    for (const change of [{ name: first.name.toUpperCase() }, { audience: first.audience }]) {
      const other = { ...fields(), ...change };
      await expect(registerOauthResource(host, other)).rejects.toMatchObject(taken(change));
      await expect(
        updateOauthResource(host, { ...other, resourceId: second.id }),
      ).rejects.toMatchObject(taken(change));
    }
    const same = { name: first.name, audience: first.audience, scopes: ["read"] };
    await updateOauthResource(host, { ...same, resourceId: first.id });
  });

  it.each([
    ["no name", { name: "" }, "name"],
    ["an audience that is no URI", { audience: "analytics" }, "audience"],
    ["an audience with a space", { audience: "https://a b" }, "audience"],
    ["no scope", { scopes: [] }, "scopes"],
    ["a scope with a space", { scopes: ["read all"] }, "scopes.0"],
    ["51 scopes", { scopes: Array.from({ length: 51 }, (_, index) => `s${index}`) }, "scopes"],
  ])("with %s is refused, at its field", async (_what, change, field) => {
    await expect(register(change)).rejects.toMatchObject({
      code: "invalid_input",
      fields: { [field]: expect.any(String) },
    });
  });

  it("of an audience that was entered before takes it away from who was granted nothing", async () => {
    const audience = `https://${some()}.example.com`;
    const owner = await makeCaller();
    const values = { name: "n", description: "", scopes: [{ audience, scope: "read" }] };
    const issue = (caller: Caller) =>
      issueCredential(caller, {
        ownerId: owner.userId,
        kind: "oauth_client_credential",
        values,
        reason: "a test",
      });
    await issue(host);
    await register({ audience });
    await expect(issue(host)).rejects.toMatchObject({
      fields: { "scopes.0.scope": expect.stringContaining("not granted") },
    });
  });
});

describe("scopes", () => {
  let owner: Caller;
  let groupId: string;
  beforeEach(async () => {
    const somebody = await somebodyWho();
    owner = somebody.caller;
    groupId = somebody.group.id;
  });
  const granted = async (caller = owner) =>
    (await listGrantedScopes(caller, { ownerId: owner.userId })).resources;

  it("are granted to groups and taken back, and their members can choose them", async () => {
    const { id: resourceId, name, audience } = await register({ scopes: ["a", "b", "c"] });
    const grant = (scopes: string[]) => grantScopes(host, { resourceId, groupId, scopes });
    expect(await granted()).toEqual([]);
    const view = await grant(["c", "a", "c"]);
    expect(view.scopes.map((scope) => scope.groups.map(({ id }) => id))).toEqual([
      [groupId],
      [],
      [groupId],
    ]);
    expect(await granted()).toEqual([{ name, audience, scopes: ["a", "c"] }]);
    expect(await granted(host)).toEqual(await granted());
    await grant(["b"]);
    expect(await granted()).toEqual([{ name, audience, scopes: ["b"] }]);
    await grant([]);
    expect(await granted()).toEqual([]);
    expect(await events(resourceId)).toMatchObject([
      {},
      { action: "grantScopes", details: { groupId, scopes: ["c", "a"] } },
      { action: "grantScopes", details: { scopes: ["b"] } },
      { action: "grantScopes", details: { scopes: [] } },
    ]);
  });

  it("end with the resource, with the scope and with the group", async () => {
    const { id: resourceId, ...resource } = await register({ scopes: ["a", "b"] });
    const grant = () => grantScopes(host, { resourceId, groupId, scopes: ["a", "b"] });
    await grant();
    const { name, audience } = resource;
    await updateOauthResource(host, { resourceId, name, audience, scopes: ["b", "new"] });
    expect(await granted()).toEqual([{ name, audience, scopes: ["b"] }]);
    const other = await makeGroup();
    await grantScopes(host, { resourceId, groupId: other.id, scopes: ["new"] });
    await deleteGroup(host, { groupId: other.id });
    const [, fresh] =
      (await listOauthResources(host, {})).find(({ id }) => id === resourceId)?.scopes ?? [];
    expect(fresh).toEqual({ name: "new", groups: [] });
    await deleteOauthResource(host, { resourceId });
    expect(await granted()).toEqual([]);
  });

  it("are those of the resource, and the group is there", async () => {
    const { id: resourceId } = await register();
    const grant = (change: object) =>
      outcome(grantScopes(host, { resourceId, groupId, scopes: ["read"], ...change }));
    expect(await grant({ scopes: ["read", "other"] })).toBe("invalid_input");
    expect(await grant({ groupId: "ocid1.group.none" })).toBe("not_found");
    expect(await grant({ resourceId: "ocid1.oauthresource.none" })).toBe("not_found");
    expect(await granted()).toEqual([]);
  });

  it("of others are nobody's business", async () => {
    expect(await outcome(granted(await makeCaller()))).toBe("not_found");
  });
});

describe("the settings", () => {
  it("let everybody enter an audience that nobody registered, or who keeps the registry alone", async () => {
    const owner = await makeCaller();
    const mayEnter = async (caller: Caller) =>
      (await listGrantedScopes(caller, { ownerId: owner.userId })).mayEnterAnyAudience;
    expect([await mayEnter(owner), await mayEnter(host)]).toEqual([false, true]);
    await letAnyoneEnter(host, true);
    expect(await mayEnter(owner)).toBe(true);
    await letAnyoneEnter(host, false);
    expect(await mayEnter(owner)).toBe(false);
  });
});

describe("the registry", () => {
  const acts = (caller: Caller, resourceId: string, groupId: string) => ({
    list: () => listOauthResources(caller, {}),
    settings: () => readSettings(caller, {}),
    register: () => registerOauthResource(caller, fields()),
    grant: () => grantScopes(caller, { resourceId, groupId, scopes: ["read"] }),
    rules: () => letAnyoneEnter(caller, false),
    change: () => updateOauthResource(caller, { ...fields(), resourceId }),
    remove: () => deleteOauthResource(caller, { resourceId }),
  });
  const tried = async (caller: Caller) => {
    const { id } = await register();
    const group = await makeGroup();
    const done: string[] = [];
    for (const [name, act] of Object.entries(acts(caller, id, group.id)))
      if ((await outcome(act())) === "done") done.push(name);
    return done;
  };
  const all = ["list", "settings", "register", "grant", "rules", "change", "remove"];

  it("is kept by administrators and by who may manage OAuth resources; others may read it, or not know of it", async () => {
    expect(await tried(host)).toEqual(all);
    const keeper = await somebodyWho("Allow group GROUP to manage oauth-resources in tenancy");
    expect(await tried(keeper.caller)).toEqual(all);
    const reader = await somebodyWho("Allow group GROUP to inspect oauth-resources in tenancy");
    expect(await tried(reader.caller)).toEqual(["list", "settings"]);
    expect(await tried(await makeCaller())).toEqual([]);
  });

  it("changes with a fresh proof alone", async () => {
    const { id } = await register();
    const group = await makeGroup();
    const { list, settings, ...changes } = acts(late(host), id, group.id);
    expect([await outcome(list()), await outcome(settings())]).toEqual(["done", "done"]);
    for (const [name, act] of Object.entries(changes))
      expect(await outcome(act()), name).toBe("step_up_required");
  });

  it("gives its keeper scopes, for themselves too, and nothing else (decision 60)", async () => {
    const keeper = await somebodyWho("Allow group GROUP to manage oauth-resources in tenancy");
    const { caller, group } = keeper;
    const owner = await makePerson();
    const { id: resourceId } = await register();
    await grantScopes(caller, { resourceId, groupId: group.id, scopes: ["read"] });
    expect((await listGrantedScopes(caller, { ownerId: caller.userId })).resources).toHaveLength(1);
    const kind = "oauth_client_credential";
    const values = { name: "n", description: "", scopes: [{ audience: "urn:x", scope: "y" }] };
    const issue = (ownerId: string) =>
      issueCredential(caller, { ownerId, kind, values, reason: "a test" });
    expect(await outcome(issue(owner.id))).toBe("not_found");
    expect(await outcome(issue(caller.userId))).toBe("done");
    const membership = { userId: owner.id, groupId: group.id };
    expect(await outcome(addUserToGroup(caller, membership))).toBe("not_found");
  });
});

describe("scopes that come with a group (decision 60)", () => {
  const mover = [
    "Allow group GROUP to use groups in tenancy",
    "Allow group GROUP to use users in tenancy",
  ];

  it("are passed on by who has them themselves, or keeps the registry, and by nobody else", async () => {
    const { id: resourceId } = await register();
    const group = await makeGroup();
    const put = async (caller: Caller, userId = caller.userId) =>
      outcome(addUserToGroup(caller, { userId, groupId: group.id }));
    const plain = await somebodyWho(...mover);
    const keeper = await somebodyWho(
      ...mover,
      "Allow group GROUP to manage oauth-resources in tenancy",
    );
    const holder = await somebodyWho(...mover);
    await grantScopes(host, { resourceId, groupId: holder.group.id, scopes: ["read"] });
    const friend = await makePerson();
    expect(await put(holder.caller, (await makePerson()).id)).toBe("done");

    await grantScopes(host, { resourceId, groupId: group.id, scopes: ["read"] });
    expect(await put(plain.caller)).toBe("not_found");
    expect(await put(plain.caller, friend.id)).toBe("not_found");
    expect(await put(holder.caller, friend.id)).toBe("done");
    expect(await put(keeper.caller, (await makePerson()).id)).toBe("done");

    await grantScopes(host, { resourceId, groupId: group.id, scopes: ["read", "write"] });
    expect(await put(holder.caller, (await makePerson()).id)).toBe("not_found");
    await grantScopes(host, { resourceId, groupId: group.id, scopes: [] });
    expect(await put(plain.caller)).toBe("done");
  });
});
