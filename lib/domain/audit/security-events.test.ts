import { expect, it } from "vitest";

import { isWarning, securityEventOf } from "./security-events";
import { knownActions } from "./words";

const refused = (action: string, reason: string) =>
  securityEventOf({ action, outcome: "refused", reason });
const done = (action: string) => securityEventOf({ action, outcome: "done", reason: null });

it.each([
  [done("signIn"), "authn_login_success"],
  [refused("signIn", "wrong_password"), "authn_login_fail"],
  [refused("signIn", "unknown_user"), "authn_login_fail"],
  [refused("signIn", "blocked"), "authn_login_fail_max"],
  [refused("changePassword", "wrong_password"), "authn_password_change_fail"],
  [refused("signRequest", "bad_signature"), "authn_login_fail"],
  [refused("authenticateClient", "wrong_secret"), "authn_login_fail"],
  [refused("updatePolicy", "not_permitted"), "authz_fail"],
  [done("blockUser"), "authn_login_lock"],
  [done("issueCredential"), "authn_token_created"],
  [done("changeSettings"), "authz_admin"],
])("%s is %s", (name, expected) => expect(name).toBe(expected));

it("warns of failures and of the block, and of nothing that was done in order", () => {
  const warned = knownActions.filter((action) => isWarning(done(action)));
  expect(warned).toEqual(["blockUser"]);
  expect(["authn_login_fail", "authn_login_fail_max", "authz_fail"].every(isWarning)).toBe(true);
});
