import { afterAll, beforeAll, expect, it, vi } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { makeCaller } from "@/lib/testing/callers";
import { openEveryKind, valuesFor } from "@/lib/testing/kind-values";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { listActivity } from "../activity/list-activity";
import { endDueCredentials } from "./end-due";
import { issueCredential } from "./issue-credential";
import { listCredentials } from "./list-credentials";
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

it.each(credentialKinds.map(({ id }) => id))(
  "%s whose stored details no longer parse is shown as unreadable, and hides and stops no other",
  async (kind) => {
    const owner = await makeCaller();
    const issue = async () =>
      (await issueCredential(owner, { ownerId: owner.userId, kind, values: valuesFor(kind) }))
        .credential;
    const [broken, sound] = [await issue(), await issue()];
    await sql("update credentials set details = $2 where id = $1", [
      broken.id,
      JSON.stringify({ from: "another release" }),
    ]);
    const list = () => listCredentials(owner, { ownerId: owner.userId, kind });
    const logged = vi.spyOn(runtime().log, "error");
    const unreadable = { id: broken.id, isUnreadable: true, name: "unreadable", details: {} };
    expect(await list()).toMatchObject([unreadable, { id: sound.id, name: sound.name }]);
    expect((await list())[1]).not.toHaveProperty("isUnreadable");
    expect(logged).toHaveBeenCalledWith(
      expect.objectContaining({ credential: broken.id }),
      expect.stringContaining("unreadable"),
    );
    logged.mockRestore();

    const named = { ownerId: owner.userId, kind, credential: { id: broken.id } };
    await expect(updateCredential(owner, { ...named, values: {} })).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining("Delete it and make another."),
    });
    await switchCredential(owner, { ...named, isEnabled: false });

    await sql("update credentials set expires_at = now() where owner_id = $1", [owner.userId]);
    expect(await endDueCredentials(new AbortController().signal)).toBe(2);
    expect(await list()).toMatchObject([
      { ...unreadable, ended: { reason: "expired" } },
      { id: sound.id, ended: { reason: "expired" } },
    ]);
    const { events } = await listActivity(owner, { userId: owner.userId });
    expect(events.filter(({ action }) => action === "expireCredential")).toMatchObject([
      { subject: { name: expect.any(String) } },
      { subject: { name: expect.any(String) } },
    ]);
  },
);

it("is deleted like any other", async () => {
  const owner = await makeCaller();
  const kind = "auth_token";
  const { credential } = await issueCredential(owner, {
    ownerId: owner.userId,
    kind,
    values: valuesFor(kind),
  });
  await sql("update credentials set details = '[]' where id = $1", [credential.id]);
  await revokeCredential(owner, { ownerId: owner.userId, kind, credential: { id: credential.id } });
  expect(await listCredentials(owner, { ownerId: owner.userId, kind })).toMatchObject([
    { id: credential.id, ended: { reason: "deleted" } },
  ]);
});
