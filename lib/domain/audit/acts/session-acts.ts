import type { Acts, Told } from "./act";

/** Signing in and out, and the passwords that do it. */
export const sessionActs: Acts = {
  signIn: { done: signedIn, tried: () => "Sign-in" },
  beginSignIn: {
    done: () => "Entered the right password and was asked for a code",
    tried: () => "Sign-in",
  },
  signOut: { done: () => "Signed out", tried: () => "Sign-out" },
  signRequest: { done: () => "Signed a request", tried: () => "Signed request" },
  proveIdentity: {
    done: ({ details }) =>
      details["secondFactor"] === undefined
        ? "Entered the password again to go on"
        : "Entered a code to go on",
    tried: () => "Proof of identity to go on",
  },
  changePassword: {
    done: () => "Changed the password",
    tried: () => "Change of password",
    also: ({ details }) => endedSessions(details["sessionsEnded"]),
  },
  verifyDatabasePassword: {
    done: () => "Signed in to a database",
    tried: () => "Sign-in to a database",
  },
  createOrResetPassword: {
    done: () => "Made a one-time password",
    tried: () => "Making a one-time password",
  },
  sendInvitation: {
    done: () => "Sent an invitation by mail",
    tried: () => "Invitation by mail",
  },
  acceptInvitation: {
    done: () => "Made a one-time password with the mailed invitation",
    tried: () => "Making a one-time password with an invitation",
  },
  resendConfirmation: {
    done: () => "Sent another mail to confirm the e-mail address",
    tried: () => "Another mail to confirm the e-mail address",
  },
  confirmEmail: {
    done: () => "Confirmed the e-mail address by the mailed link",
    tried: () => "Confirming the e-mail address",
  },
  requestTemporaryPassword: {
    done: () => "Sent a temporary password by mail",
    tried: () => "Temporary password by mail",
  },
  createTotpDevice: {
    done: () => "Began to set up an authenticator app",
    tried: () => "Setting up an authenticator app",
  },
  beginEnrolment: {
    done: () => "Began to set up an authenticator app",
    tried: () => "Setting up an authenticator app",
  },
  renewRecoveryCodes: {
    done: () => "Made new recovery codes",
    tried: () => "Making new recovery codes",
    also: () => "The former ones open nothing any more.",
  },
  disableSecondFactor: {
    done: () => "Disabled multi-factor authentication",
    tried: () => "Disabling multi-factor authentication",
  },
  generateTotpSeed: {
    done: () => "Began anew to set up an authenticator app",
    tried: () => "Setting up an authenticator app",
  },
  activateTotpDevice: {
    done: () => "Enabled multi-factor authentication",
    tried: () => "Enabling multi-factor authentication",
    also: ({ details }) => endedSessions(details["sessionsEnded"]),
  },
  deleteTotpDevice: {
    done: ({ details }) =>
      details["isActivated"] === false
        ? "Removed an authenticator app that was not enabled yet"
        : "Disabled multi-factor authentication",
    tried: () => "Disabling multi-factor authentication",
  },
  endSession: { done: () => "Signed out one device", tried: () => "Signing out one device" },
  endOtherSessions: {
    done: () => "Signed out all other devices",
    tried: () => "Signing out all other devices",
    also: ({ details }) => endedSessions(details["ended"]),
  },
  bootstrap: {
    done: () => "Created the user at the first start",
    tried: () => "Creating the user at the first start",
  },
  recoverAdministrator: {
    done: () => "Recovered the administrator",
    tried: () => "Recovery of the administrator",
    also: () =>
      "A one-time password was made on the host; all sessions ended, and a second factor is gone.",
  },
};

function signedIn({ details }: Told): string {
  if (details["password"] === "one-time") return "Signed in with a one-time password";
  if (details["password"] === "temporary") return "Signed in with a temporary password";
  if (details["secondFactor"] === "totp") return "Signed in with a code of the authenticator app";
  if (details["secondFactor"] === "recovery") return "Signed in with a recovery code";
  return "Signed in";
}

function endedSessions(count: unknown): string {
  if (typeof count !== "number" || count === 0) return "";
  return count === 1 ? "1 other session ended." : `${count} other sessions ended.`;
}
