import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { makeCaller } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "./issue-credential";
import { revokeCredential } from "./revoke-credential";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
});
afterAll(() => stage.stop());
afterEach(() => vi.useRealTimers());

const day = 86_400_000;
const issue = (ownerId: string) => ({
  ownerId,
  kind: "auth_token",
  values: { description: "swift backup" },
});

it("an expiry is past by the database's clock, whatever this process thinks the time is", async () => {
  const caller = await makeCaller();
  const past = new Date(Date.now() - 3_600_000).toISOString();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() - day });
  const given = { ...issue(caller.userId), expiresAt: past };
  await expect(issueCredential(caller, given)).rejects.toMatchObject({ code: "invalid_input" });
});

it("a use in the last seven days is recent by the database's clock", async () => {
  const caller = await makeCaller();
  const { credential } = await issueCredential(caller, issue(caller.userId));
  await runtime().pool.query("update credentials set last_used_at = now() where id = $1", [
    credential.id,
  ]);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 10 * day });
  const named = { ownerId: caller.userId, kind: "auth_token", credential: { id: credential.id } };
  await expect(revokeCredential(caller, named)).rejects.toMatchObject({ code: "conflict" });
});
