import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { notFound } from "@/lib/domain/errors";
import { checkSecret } from "@/lib/domain/secret-format";
import { open, SealError } from "@/lib/secrets/seal";
import { makeCaller } from "@/lib/testing/callers";
import { openEveryKind, valuesFor } from "@/lib/testing/kind-values";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";
import { usedBy } from "@/lib/testing/used";

import { updateCapabilities } from "../users/update-capabilities";
import { issueCredential } from "./issue-credential";
import { listCredentials } from "./list-credentials";
import { secretVerifier } from "./secret-verifier";
import { revokeCredential } from "./revoke-credential";
import { switchCredential } from "./switch-credential";
import { updateCredential } from "./update-credential";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
  await openEveryKind();
});
afterAll(() => stage.stop());

const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;

describe.each(credentialKinds.map((kind) => [kind.id, kind] as const))("%s", (id, kind) => {
  const values = () => valuesFor(id);
  const issue = (caller: Caller, ownerId = caller.userId) =>
    issueCredential(caller, { reason: "a test", ownerId, kind: id, values: values() });
  const list = (caller: Caller, ownerId = caller.userId) =>
    listCredentials(caller, { ownerId, kind: id });
  const named = (credential: { id: string }) => ({ id: credential.id });

  it("goes up to its limit and not beyond; what is there stays", async () => {
    const owner = await makeCaller();
    const made = [];
    for (let count = 0; count < kind.maxPerUser; count += 1)
      made.push((await issue(owner)).credential.id);
    await expect(issue(owner)).rejects.toMatchObject({
      code: "limit_reached",
      message: expect.stringContaining("higher limit"),
    });
    expect((await list(owner)).map((credential) => credential.id)).toEqual(made);
    expect(await usedBy(owner, { ownerId: owner.userId })).toEqual({
      [id]: kind.maxPerUser,
    });
  });

  it("holds the limit when many ask at once, and fills it", async () => {
    const owner = await makeCaller();
    const answers = await Promise.allSettled(Array.from({ length: 12 }, () => issue(owner)));
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(kind.maxPerUser);
    expect(await list(owner)).toHaveLength(kind.maxPerUser);
  });

  it("frees its place when it is deleted, and stays listed as ended for 90 days", async () => {
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    await revokeCredential(owner, {
      ownerId: owner.userId,
      kind: id,
      credential: named(credential),
    });
    const [ended] = await list(owner);
    expect(ended).toMatchObject({
      id: credential.id,
      state: "ended",
      ended: { reason: "deleted", by: owner.name },
    });
    expect(await usedBy(owner, { ownerId: owner.userId })).toEqual({});
    await expect(
      revokeCredential(owner, { ownerId: owner.userId, kind: id, credential: named(credential) }),
    ).rejects.toMatchObject({ code: "not_found" });
    const [row] = await sql("select verifier, sealed_secret from credentials where id = $1", [
      credential.id,
    ]);
    expect(row).toEqual({ verifier: null, sealed_secret: null });
    await sql("update credentials set ended_at = now() - interval '91 days' where id = $1", [
      credential.id,
    ]);
    expect(await list(owner)).toEqual([]);
  });

  it("of another person does not exist for a stranger, and is an administrator's to manage", async () => {
    const owner = await makeCaller();
    const stranger = await makeCaller();
    const administrator = await makeCaller({ isAdministrator: true });
    const { credential } = await issue(owner);
    const target = { ownerId: owner.userId, kind: id, credential: named(credential) };
    const { code, message } = notFound();
    const hidden = { code, message };
    await expect(list(stranger, owner.userId)).rejects.toMatchObject(hidden);
    await expect(list(stranger, "ocid1.user.local..nobody")).rejects.toMatchObject(hidden);
    await expect(issue(stranger, owner.userId)).rejects.toMatchObject(hidden);
    await expect(revokeCredential(stranger, target)).rejects.toMatchObject(hidden);
    await expect(updateCredential(stranger, { ...target, values: {} })).rejects.toMatchObject(
      hidden,
    );
    await expect(
      revokeCredential(stranger, { ...target, ownerId: stranger.userId }),
    ).rejects.toMatchObject(hidden);
    const refusals = await sql(
      "select action from audit_events where actor_id = $1 and outcome = 'refused' order by id",
      [stranger.userId],
    );
    expect(refusals.map((row) => row.action)).toEqual([
      "issueCredential",
      "revokeCredential",
      "updateCredential",
    ]);

    const second = await issue(administrator, owner.userId);
    expect(second.credential).toMatchObject({
      ownerId: owner.userId,
      createdBy: { id: administrator.userId, name: administrator.name },
    });
    await revokeCredential(administrator, { ...target, reason: "a test" });
  });

  it("can have its words changed, under the version that was read", async () => {
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    const target = { ownerId: owner.userId, kind: id, credential: named(credential) };
    const [field = ""] = kind.description.editable;
    const { credential: changed } = await updateCredential(
      owner,
      { ...target, values: { [field]: "büro 🔑" } },
      { ifMatch: "v1" },
    );
    expect(changed).toMatchObject({ details: { [field]: "büro 🔑" }, version: 2 });
    await expect(
      updateCredential(owner, { ...target, values: { [field]: "late" } }, { ifMatch: "v1" }),
    ).rejects.toMatchObject({ code: "stale" });
    await expect(
      updateCredential(owner, { ...target, seenVersion: 1, values: { [field]: "late" } }),
    ).rejects.toMatchObject({ code: "stale" });
    await updateCredential(owner, { ...target, seenVersion: 2, values: { [field]: "in time" } });
    await expect(
      updateCredential(owner, { ...target, values: { publicKey: "x", secret: "y" } }),
    ).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("is disabled and enabled, keeps its place meanwhile, and once is enough", async () => {
    const owner = await makeCaller();
    const stranger = await makeCaller();
    const { credential } = await issue(owner);
    const target = { ownerId: owner.userId, kind: id, credential: named(credential) };
    const off = { ...target, isEnabled: false };
    await expect(switchCredential(stranger, off)).rejects.toMatchObject({ code: "not_found" });
    expect((await switchCredential(owner, off)).credential).toMatchObject({
      state: "disabled",
      version: 2,
    });
    expect((await switchCredential(owner, off)).credential.version).toBe(2);
    expect(await usedBy(owner, { ownerId: owner.userId })).toEqual({ [id]: 1 });
    for (const wire of kind.wires) {
      const [view] = await list(owner);
      if (!view) throw new Error("The disabled one is not listed.");
      expect(wire.present(view, { tenancyId: "t", secret: undefined })).toMatchObject({
        lifecycleState: "INACTIVE",
        inactiveStatus: 2,
      });
    }
    const on = await switchCredential(owner, { ...target, isEnabled: true }, { ifMatch: "v2" });
    expect(on.credential).toMatchObject({ state: "active", version: 3 });
    await expect(switchCredential(owner, off, { ifMatch: "v2" })).rejects.toMatchObject({
      code: "stale",
    });
  });

  it("is refused while its capability is off", async () => {
    const owner = await makeCaller();
    const administrator = await makeCaller({ isAdministrator: true });
    await updateCapabilities(administrator, {
      reason: "a test",
      userId: owner.userId,
      capabilities: { [kind.capability]: false },
    });
    await expect(issue(owner)).rejects.toMatchObject({
      code: "invalid_input",
      message: expect.stringContaining("capability"),
    });
  });

  it("asks a session whose proof is old to prove again, before anything happens", async () => {
    const owner = await makeCaller();
    if (owner.proof.type !== "session") throw new Error("no session");
    const stale: Caller = {
      ...owner,
      proof: { ...owner.proof, provedAt: new Date(owner.proof.now.getTime() - 16 * 60_000) },
    };
    await expect(issue(stale)).rejects.toMatchObject({ code: "step_up_required" });
    expect(await list(owner)).toEqual([]);
  });

  it("that was used lately is deleted only by who says to know it", async () => {
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    await sql(
      "update credentials set last_used_at = now() - interval '6 days', last_used_address = '192.0.2.9', last_used_client = 'swift' where id = $1",
      [credential.id],
    );
    const target = { ownerId: owner.userId, kind: id, credential: named(credential) };
    expect((await list(owner))[0]?.lastUsed).toMatchObject({
      address: "192.0.2.9",
      client: "swift",
    });
    await expect(revokeCredential(owner, target)).rejects.toMatchObject({ code: "conflict" });
    await revokeCredential(owner, { ...target, knowsItIsInUse: true });
  });

  it("expires when it was told to, and takes no expiry in the past", async () => {
    const owner = await makeCaller();
    const expiresAt = new Date(Date.now() + 60_000).toISOString();
    const { credential } = await issueCredential(owner, {
      ownerId: owner.userId,
      kind: id,
      values: values(),
      expiresAt,
    });
    expect(credential).toMatchObject({ state: "active", expiresAt });
    await sql("update credentials set expires_at = now() - interval '1 ms' where id = $1", [
      credential.id,
    ]);
    expect((await list(owner))[0]?.state).toBe("expired");
    const past = {
      ownerId: owner.userId,
      kind: id,
      values: values(),
      expiresAt: "2020-01-01T00:00:00.000Z",
    };
    await expect(issueCredential(owner, past)).rejects.toMatchObject({
      code: "invalid_input",
      fields: { expiresAt: expect.any(String) },
    });
  });

  it("shows its secret once: in no list, no audit event, no log, no row", async () => {
    const owner = await makeCaller();
    const issued = await issue(owner);
    const secret = "secret" in issued ? issued.secret : undefined;
    expect(secret === undefined).toBe(kind.secret === "none" || kind.secret === "chosen");
    const [event] = await sql("select * from audit_events where subject_id = $1", [
      issued.credential.id,
    ]);
    expect(event).toMatchObject({
      action: "issueCredential",
      outcome: "done",
      actor_id: owner.userId,
      owner_id: owner.userId,
      via: "session",
    });
    if (secret === undefined) return;
    expect(checkSecret(secret)?.kind).toBe(id);
    const rows = await sql(
      "select c::text as row from credentials c union all select a::text from audit_events a union all select r::text from retry_tokens r",
    );
    const seen = [
      JSON.stringify(await list(owner)),
      ...rows.map(({ row }) => String(row)),
      ...stage.logged,
    ];
    for (const text of seen) expect(text).not.toContain(secret);
    if (kind.secret === "sealed") {
      const [row] = await sql("select sealed_secret from credentials where id = $1", [
        issued.credential.id,
      ]);
      const place = { tenancy: runtime().tenancy.id, user: owner.userId, kind: id };
      const sealed = String(row?.sealed_secret);
      const keys = runtime().masterKeys;
      expect(open(keys, sealed, { ...place, id: issued.credential.id })).toBe(secret);
      expect(() => open(keys, sealed, { ...place, id: "another" })).toThrow(SealError);
    }
    const verifier = secretVerifier(secret);
    expect(await sql("select id from credentials where verifier = $1", [verifier])).toEqual([
      { id: issued.credential.id },
    ]);
  });
});
