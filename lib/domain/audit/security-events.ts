/**
 * What a collector of logs calls an event of the audit trail: a name of OWASP's logging vocabulary, which rules that
 * people have already are written for (security.md R62).
 */
export function securityEventOf({ action, outcome, reason }: Judged): string {
  if (outcome === "done") return doneNames[action] ?? "authz_admin";
  if (reason === "blocked") return "authn_login_fail_max";
  if (reason === "not_permitted") return "authz_fail";
  if (action === "changePassword") return "authn_password_change_fail";
  return "authn_login_fail";
}

/** Whether somebody should look at it when there are many. */
export function isWarning(name: string): boolean {
  return /_fail(?:_max)?$|_lock$/.test(name);
}

interface Judged {
  readonly action: string;
  readonly outcome: "done" | "refused";
  readonly reason: string | null;
}

/** Of what was done; whatever else there is to do is an administrator's, or the host's. */
const doneNames: Readonly<Record<string, string>> = {
  signIn: "authn_login_success",
  beginSignIn: "authn_login_password_only",
  proveIdentity: "authn_login_success",
  verifyDatabasePassword: "authn_login_success",
  blockUser: "authn_login_lock",
  changePassword: "authn_password_change",
  createOrResetPassword: "authn_password_change",
  acceptInvitation: "authn_password_change",
  requestTemporaryPassword: "authn_password_change",
  recoverAdministrator: "authn_password_change",
  signOut: "session_expired",
  endSession: "session_expired",
  endOtherSessions: "session_expired",
  issueCredential: "authn_token_created",
  rotateCredential: "authn_token_created",
  revokeCredential: "authn_token_revoked",
  revokeToken: "authn_token_revoked",
  expireCredential: "authn_token_revoked",
  updateCredential: "sensitive_update",
  switchCredential: "sensitive_update",
  createTotpDevice: "sensitive_update",
  beginEnrolment: "sensitive_update",
  activateTotpDevice: "sensitive_update",
  deleteTotpDevice: "sensitive_update",
  disableSecondFactor: "sensitive_update",
  generateTotpSeed: "sensitive_update",
  renewRecoveryCodes: "sensitive_update",
  createUser: "user_created",
  updateUser: "user_updated",
  confirmEmail: "user_updated",
  activateUser: "user_updated",
  unblockUser: "user_updated",
  suspendUser: "user_archived",
  deleteUser: "user_deleted",
  updateCapabilities: "privilege_permissions_changed",
  addUserToGroup: "privilege_permissions_changed",
  removeUserFromGroup: "privilege_permissions_changed",
  deleteGroup: "privilege_permissions_changed",
  createPolicy: "privilege_permissions_changed",
  updatePolicy: "privilege_permissions_changed",
  deletePolicy: "privilege_permissions_changed",
  grantScopes: "privilege_permissions_changed",
};
