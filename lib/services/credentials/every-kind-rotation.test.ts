import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { takesPlace } from "@/lib/domain/credentials/present";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { checkSecret } from "@/lib/domain/secret-format";
import { makeCaller } from "@/lib/testing/callers";
import { openEveryKind, valuesFor } from "@/lib/testing/kind-values";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";
import { usedBy } from "@/lib/testing/used";

import { listUsers } from "../users/list-users";
import { updateCapabilities } from "../users/update-capabilities";
import { issueCredential } from "./issue-credential";
import { kindNamed } from "./kind-named";
import { listCredentials } from "./list-credentials";
import { revokeCredential } from "./revoke-credential";
import { rotateCredential } from "./rotate-credential";
import { secretVerifier } from "./secret-verifier";
import { switchCredential } from "./switch-credential";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
  await openEveryKind();
});
afterAll(() => stage.stop());

/** The secret as the door will look for it; throws for what has no checksum. */
const verifierOf = (secret: string | undefined) => {
  if (secret === undefined || !checkSecret(secret)) throw new Error("No secret of ours.");
  return secretVerifier(secret);
};

const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query(text, values)).rows;

type Given = {
  overlap?: "now" | "1h" | "24h" | "7d";
  ownerId?: string;
  values?: Record<string, unknown>;
};

const verbsFor = (kind: string) => {
  const target = (owner: Caller, { id }: { id: string }) => ({
    ownerId: owner.userId,
    kind,
    credential: { id },
  });
  return {
    target,
    issue: (caller: Caller) =>
      issueCredential(caller, {
        reason: "a test",
        ownerId: caller.userId,
        kind,
        values: valuesFor(kind),
      }),
    list: (caller: Caller) => listCredentials(caller, { ownerId: caller.userId, kind }),
    rotate: (caller: Caller, credential: { id: string }, given: Given = {}) =>
      rotateCredential(caller, {
        reason: "a test",
        ...target(caller, credential),
        overlap: "24h",
        ...(changesPlace(kind) ? { values: valuesFor(kind) } : {}),
        ...given,
      }),
  };
};

const changesPlace = (kind: string) => kindNamed(kind).description.successor === "new-id";
const rotatable = credentialKinds.filter(({ description }) => description.successor !== undefined);
const renewable = rotatable.filter(({ id }) => !changesPlace(id));
const fixed = credentialKinds.filter((kind) => !rotatable.includes(kind));

it.each(fixed.map(({ id }) => id))(
  "%s is never rotated: changing it is deleting it and making another",
  async (id) => {
    const { issue, rotate } = verbsFor(id);
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    await expect(rotate(owner, credential)).rejects.toMatchObject({ code: "conflict" });
  },
);

describe.each(rotatable.map((kind) => [kind.id, kind] as const))("%s", (id, kind) => {
  const { target, issue, list, rotate } = verbsFor(id);

  it("is rotated at the limit: old and new both live, and only the new one counts", async () => {
    const owner = await makeCaller();
    const others = kind.maxPerUser - 1;
    for (let count = 0; count < others; count += 1) await issue(owner);
    const issued = await issue(owner);
    await sql(
      "update credentials set last_used_at = now(), last_used_address = '192.0.2.9' where id = $1",
      [issued.credential.id],
    );
    const rotated = await rotate(owner, issued.credential, { overlap: "24h" });
    expect(rotated.credential).toMatchObject({
      state: "active",
      lastUsed: null,
      name: issued.credential.name,
      replacedById: null,
    });
    expect(rotated.credential.id === issued.credential.id).toBe(
      kind.description.successor === "same-id",
    );
    const secrets = [issued, rotated].map((one) => one.secret);
    if (kind.secret !== "none") expect(new Set(secrets.map(verifierOf)).size).toBe(2);
    const living = await list(owner);
    expect(living).toHaveLength(kind.maxPerUser + 1);
    const old = living.find(({ replacedById }) => replacedById === rotated.credential.id);
    expect(old).toMatchObject({ state: "retiring", lastUsed: { address: "192.0.2.9" } });
    const left = Date.parse(old?.retiringUntil ?? "") - Date.parse(old?.replacedAt ?? "");
    expect(left).toBe(24 * 3_600_000);
    expect(await usedBy(owner, { ownerId: owner.userId })).toEqual({
      [id]: kind.maxPerUser,
    });
    await expect(issue(owner)).rejects.toMatchObject({ code: "limit_reached" });
    const listed = await sql(
      "select details->>'overlap' as overlap, details->>'successorId' as successor from audit_events where owner_id = $1 and action = 'rotateCredential'",
      [owner.userId],
    );
    expect(listed).toEqual([{ overlap: "24h", successor: rotated.credential.id }]);
  });

  it("that was rotated has one predecessor at a time; *Retire* ends it, and so does a rotation at once", async () => {
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    const { credential: second } = await rotate(owner, credential, { overlap: "7d" });
    await expect(rotate(owner, second, { overlap: "1h" })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Retire that first"),
    });
    const [old] = (await list(owner)).filter(({ state }) => state === "retiring");
    if (!old) throw new Error("Nothing retires.");
    await expect(rotate(owner, old)).rejects.toMatchObject({ code: "conflict" });
    await revokeCredential(owner, target(owner, old));
    expect((await list(owner)).find(({ id: other }) => other === old.id)).toMatchObject({
      state: "ended",
      ended: { reason: "retired", by: owner.name },
    });

    const { credential: third } = await rotate(owner, second, { overlap: "1h" });
    const { credential: fourth } = await rotate(owner, third, { overlap: "now" });
    const living = (await list(owner)).filter(({ state }) => state !== "ended");
    expect(living.map((one) => one.id)).toEqual([fourth.id]);
  });

  it("is rotated once when two ask at once", async () => {
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    const answers = await Promise.allSettled(
      Array.from({ length: 6 }, () => rotate(owner, credential, { overlap: "1h" })),
    );
    const refused = answers.filter((answer) => answer.status === "rejected");
    expect(refused).toHaveLength(5);
    for (const { reason } of refused) expect(reason).toMatchObject({ code: "conflict" });
    const states = (await list(owner)).map(({ state }) => state);
    expect(states.toSorted()).toEqual(["active", "retiring"]);
  });

  it("is rotated or deleted when both are asked at once, and the limit holds beside a new one", async () => {
    const owner = await makeCaller();
    for (let count = 0; count < kind.maxPerUser; count += 1) await issue(owner);
    const [first] = await list(owner);
    if (!first) throw new Error("Nothing was issued.");
    await Promise.allSettled([
      rotate(owner, first, { overlap: "24h" }),
      revokeCredential(owner, target(owner, first)),
      issue(owner),
      issue(owner),
    ]);
    const counts = await usedBy(owner, { ownerId: owner.userId });
    const rows = await list(owner);
    const taken = rows.filter(takesPlace).length;
    expect(counts[id]).toBe(taken);
    expect(rows.filter(({ state }) => state === "retiring")).toEqual([]);
    expect(rows.find((row) => row.state === "ended")?.ended?.reason).toMatch(/deleted|retired/);
    // The place of what was deleted is free if both new ones had asked for it too early; no other is.
    expect([kind.maxPerUser - 1, kind.maxPerUser]).toContain(taken);
    if (taken < kind.maxPerUser) await issue(owner);
    await expect(issue(owner)).rejects.toMatchObject({ code: "limit_reached" });
  });

  it("that is replaced takes a place again when the new one is deleted", async () => {
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    const { credential: successor } = await rotate(owner, credential, { overlap: "7d" });
    await revokeCredential(owner, target(owner, successor));
    const living = (await list(owner)).filter(({ state }) => state !== "ended");
    const isKept = kind.description.successor === "new-id";
    expect(living.map(({ state }) => state)).toEqual(isKept ? ["retiring"] : []);
    expect(await usedBy(owner, { ownerId: owner.userId })).toEqual(isKept ? { [id]: 1 } : {});
  });

  it("is not rotated by a stranger, with an old proof, while it is disabled or its capability is off", async () => {
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    const stranger = await makeCaller();
    await expect(rotate(stranger, credential, { ownerId: owner.userId })).rejects.toMatchObject({
      code: "not_found",
    });
    if (owner.proof.type !== "session") throw new Error("no session");
    const provedAt = new Date(owner.proof.now.getTime() - 16 * 60_000);
    const late: Caller = { ...owner, proof: { ...owner.proof, provedAt } };
    await expect(rotate(late, credential)).rejects.toMatchObject({ code: "step_up_required" });
    await switchCredential(owner, { ...target(owner, credential), isEnabled: false });
    await expect(rotate(owner, credential)).rejects.toMatchObject({ code: "conflict" });
    await switchCredential(owner, { ...target(owner, credential), isEnabled: true });
    const capabilities = { [kind.capability]: false };
    const administrator = await makeCaller({ isAdministrator: true });
    await updateCapabilities(administrator, {
      reason: "a test",
      userId: owner.userId,
      capabilities,
    });
    await expect(rotate(owner, credential)).rejects.toMatchObject({
      message: expect.stringContaining("capability"),
    });
    expect((await list(owner)).map(({ state }) => state)).toEqual(["active"]);
  });

  it("that is replaced never outlives its own expiry", async () => {
    const owner = await makeCaller();
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { credential } = await issueCredential(owner, {
      ownerId: owner.userId,
      kind: id,
      values: valuesFor(id),
      expiresAt,
    });
    await rotate(owner, credential, { overlap: "7d" });
    const old = (await list(owner)).find(({ state }) => state === "retiring");
    expect(old?.retiringUntil).toBe(expiresAt);
    await sql("update credentials set retiring_until = now() where id = $1", [old?.id]);
    expect((await list(owner)).find((one) => one.id === old?.id)?.state).toBe("expired");
  });
});

describe.each(renewable.map((kind) => [kind.id, kind] as const))("%s", (id, kind) => {
  const { target, issue, rotate, list } = verbsFor(id);

  it("takes changes along with the new secret, and no others than an edit would take", async () => {
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    const description = "for another purpose";
    const renewed = await rotate(owner, credential, { overlap: "now", values: { description } });
    expect(renewed.credential).toMatchObject({ id: credential.id, details: { description } });
    expect(renewed.credential.name).toBe(credential.name);
    const name = { ...kind.parseDetails(credential.details), name: "another" };
    await expect(rotate(owner, credential, { overlap: "now", values: name })).rejects.toMatchObject(
      { code: "invalid_input" },
    );
    expect(await list(owner)).toMatchObject([{ id: credential.id, details: { description } }]);
  });

  it("is as old as its secret, for the report as well; the old one keeps its time", async () => {
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    expect(credential.secretMadeAt).toBe(credential.createdAt);
    await sql("update credentials set created_at = now() - interval '100 days' where id = $1", [
      credential.id,
    ]);
    const isOld = async () =>
      (await listUsers(await makeCaller({ isAdministrator: true }), { holdsOld: true })).items.some(
        (user) => user.id === owner.userId,
      );
    expect(await isOld()).toBe(true);
    const renewed = await rotate(owner, credential, { overlap: "now" });
    expect(await isOld()).toBe(false);
    const { createdAt, secretMadeAt } = renewed.credential;
    expect(Date.parse(secretMadeAt) - Date.parse(createdAt)).toBeGreaterThan(99 * 24 * 3_600_000);
    await rotate(owner, credential, { overlap: "1h" });
    const old = (await list(owner)).find(({ state }) => state === "retiring");
    expect(old).toMatchObject({ createdAt, secretMadeAt });
  });

  it("takes its old secret along when it ends, and the trail says so of both", async () => {
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    await rotate(owner, credential, { overlap: "7d" });
    const old = (await list(owner)).find(({ state }) => state === "retiring");
    await revokeCredential(owner, target(owner, credential));
    expect(await ends(owner)).toEqual([
      { subject_id: old?.id, action: "revokeCredential", reason: "retired" },
      { subject_id: credential.id, action: "revokeCredential", reason: "deleted" },
    ]);
  });

  it("that is replaced again at once retires what was left of the last time, and the trail says so", async () => {
    const owner = await makeCaller();
    const { credential } = await issue(owner);
    await rotate(owner, credential, { overlap: "7d" });
    const old = (await list(owner)).find(({ state }) => state === "retiring");
    await rotate(owner, credential, { overlap: "now" });
    expect(await ends(owner)).toEqual([
      { subject_id: old?.id, action: "revokeCredential", reason: "retired" },
    ]);
  });
});

const ends = (owner: Caller) =>
  sql(
    `select subject_id, action, details->>'reason' as reason from audit_events
      where owner_id = $1 and action in ('revokeCredential', 'expireCredential') order by id`,
    [owner.userId],
  );
