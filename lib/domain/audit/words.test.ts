import { describe, expect, it } from "vitest";

import type { ActivityView } from "./activity";
import { activityLine } from "./words";

const ann = { id: "ocid1.user.local..ann", name: "ann" };
const event = (changes: Partial<ActivityView>): ActivityView => ({
  id: 7,
  at: "2026-11-22T00:00:00.000Z",
  action: "signIn",
  outcome: "done",
  reason: null,
  actor: ann,
  via: "session",
  owner: ann,
  subject: null,
  details: {},
  address: "192.0.2.7",
  client: "curl/8.5.0",
  requestId: "r",
  ...changes,
});
const line = (changes: Partial<ActivityView>) => activityLine(event(changes), ann.id);
const token = { type: "credential", id: "ocid1.credential", name: "laptop" };

describe("what was done", () => {
  it.each<[Partial<ActivityView>, string, string | undefined]>([
    [{ details: { password: "chosen" } }, "Signed in", undefined],
    [{ details: { password: "one-time" } }, "Signed in with a one-time password", undefined],
    [{ details: { password: "temporary" } }, "Signed in with a temporary password", undefined],
    [
      { action: "changePassword", details: { sessionsEnded: 2 } },
      "Changed the password",
      "2 other sessions ended.",
    ],
    [
      { action: "changePassword", details: { sessionsEnded: 0 } },
      "Changed the password",
      undefined,
    ],
    [
      { action: "deleteTotpDevice", details: { isActivated: true } },
      "Disabled multi-factor authentication",
      undefined,
    ],
    [
      { action: "deleteTotpDevice", details: { isActivated: false } },
      "Removed an authenticator app that was not enabled yet",
      undefined,
    ],
    [
      { action: "issueCredential", subject: token, details: { kind: "auth_token" } },
      "Created auth token “laptop”",
      undefined,
    ],
    [
      { action: "revokeCredential", subject: token, details: { kind: "api_key" } },
      "Deleted API key “laptop”",
      undefined,
    ],
    [
      {
        action: "expireCredential",
        subject: token,
        details: { kind: "auth_token", reason: "expired" },
      },
      "Expired auth token “laptop”",
      "Its time was up.",
    ],
    [
      {
        action: "expireCredential",
        subject: token,
        details: { kind: "auth_token", reason: "retired" },
      },
      "Retired auth token “laptop”",
      "Its overlap with the one that replaced it was over.",
    ],
    [
      {
        action: "updateCredential",
        subject: token,
        details: { kind: "auth_token", expiresAt: "2027-03-01T14:05:59.123Z" },
      },
      "Changed auth token “laptop”",
      "It expires on 2027-03-01 14:05 UTC.",
    ],
    [
      {
        action: "updateCredential",
        subject: token,
        details: { kind: "auth_token", expiresAt: null },
      },
      "Changed auth token “laptop”",
      "It does not expire any more.",
    ],
    [
      {
        action: "updateCredential",
        subject: token,
        details: {
          kind: "oauth_client_credential",
          changed: ["scopes"],
          before: { scopes: [{ audience: "urn:a:", scope: "read" }] },
          after: {
            scopes: [
              { audience: "urn:a:", scope: "write" },
              { audience: "urn:b:", scope: "all" },
            ],
          },
        },
      },
      "Changed OAuth 2.0 client credential “laptop”",
      "Added urn:a:-write, urn:b:-all. Removed urn:a:-read.",
    ],
    [
      {
        action: "updateCredential",
        subject: token,
        details: { kind: "oauth_client_credential", after: "<b>", expiresAt: null },
      },
      "Changed OAuth 2.0 client credential “laptop”",
      "It does not expire any more.",
    ],
    [
      { action: "issueCredential", subject: token, details: { kind: "from a later release" } },
      "Created credential “laptop”",
      undefined,
    ],
    [
      { action: "updateUser", details: { changed: ["email", "freeformTags", "definedTags"] } },
      "Changed the e-mail address, the tags",
      undefined,
    ],
    [
      { action: "updateCapabilities", details: { capabilities: { canUseApiKeys: false } } },
      "Changed the capabilities",
      "API keys off.",
    ],
    [
      { action: "blockUser", reason: "ten_failures" },
      "Blocked the user",
      "After 10 failures in a row.",
    ],
    [
      { action: "addUserToGroup", subject: { type: "membership", id: "m", name: "HelpDesk" } },
      "Added to group “HelpDesk”",
      undefined,
    ],
    [
      { action: "createGroup", subject: { type: "group", id: "g", name: "HelpDesk" } },
      "Created the group “HelpDesk”",
      undefined,
    ],
    [
      {
        action: "updatePolicy",
        subject: { type: "policy", id: "p", name: "Desk" },
        details: { added: ["Allow A"], removed: ["Allow B", "Allow C"] },
      },
      "Changed the policy “Desk”",
      "Added: Allow A. Taken out: Allow B. Taken out: Allow C.",
    ],
    [{ action: "rotateSomethingNew" }, "Rotate something new", undefined],
  ])("%j reads %j", (changes, what, why) => {
    expect(line(changes)).toMatchObject({ outcome: "done", what, why });
  });
});

describe("what was refused", () => {
  it.each<[Partial<ActivityView>, string, string | undefined]>([
    [
      { reason: "wrong_password", details: { failed: 3 } },
      "Sign-in refused",
      "The password was wrong: failure 3 of 10 in a row.",
    ],
    [
      {
        action: "signRequest",
        reason: "clock_ahead",
        details: { sentence: "Your clock is 7 minutes ahead of this server." },
      },
      "Signed request refused",
      "Your clock is 7 minutes ahead of this server.",
    ],
    [
      { action: "revokeCredential", reason: "not_permitted", subject: token },
      "Deleting credential “laptop” refused",
      "Whoever tried it may not do that.",
    ],
    [
      { action: "requestTemporaryPassword", reason: "blocked" },
      "Temporary password by mail refused",
      "The user is blocked: only an administrator can unblock.",
    ],
    [{ action: "newAct", reason: "new_reason" }, "New act refused", "New reason."],
  ])("%j reads %j", (changes, what, why) => {
    expect(line({ ...changes, outcome: "refused" })).toMatchObject({
      outcome: "refused",
      what,
      why,
    });
  });
});

describe("who did it", () => {
  it.each<[Partial<ActivityView>, string]>([
    [{}, "You"],
    [{ actor: { id: "other", name: "bob" } }, "bob"],
    [{ actor: null, via: "host" }, "The operator of this server"],
    [{ actor: null, via: "signature" }, "A client with this user’s name"],
    [{ actor: null, via: "password" }, "Somebody not signed in"],
    [{ actor: null, via: "password", action: "proveIdentity" }, "Somebody in a session"],
    [{ actor: null, via: "password", action: "blockUser" }, "Latchkey"],
  ])("%j is %s", (changes, who) => {
    expect(line(changes).who).toBe(who);
  });
});

it("names the client in words and keeps the address", () => {
  expect(line({})).toMatchObject({ client: "curl 8.5.0", address: "192.0.2.7" });
});
