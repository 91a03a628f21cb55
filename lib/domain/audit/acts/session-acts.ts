import type { Acts, Told } from "./act";

/** Signing in and out, and the passwords that do it. */
export const sessionActs: Acts = {
  signIn: { done: signedIn, tried: () => "Sign-in" },
  signOut: { done: () => "Signed out", tried: () => "Sign-out" },
  signRequest: { done: () => "Signed a request", tried: () => "Signed request" },
  proveIdentity: {
    done: () => "Entered the password again to go on",
    tried: () => "Password entered again to go on",
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
  requestTemporaryPassword: {
    done: () => "Sent a temporary password by mail",
    tried: () => "Temporary password by mail",
  },
  createTotpDevice: {
    done: () => "Began to set up an authenticator app",
    tried: () => "Setting up an authenticator app",
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
    done: () => "Disabled multi-factor authentication",
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
    also: () => "A one-time password was made on the host; all sessions ended.",
  },
};

function signedIn({ details }: Told): string {
  if (details["password"] === "one-time") return "Signed in with a one-time password";
  if (details["password"] === "temporary") return "Signed in with a temporary password";
  return "Signed in";
}

function endedSessions(count: unknown): string {
  if (typeof count !== "number" || count === 0) return "";
  return count === 1 ? "1 other session ended." : `${count} other sessions ended.`;
}
