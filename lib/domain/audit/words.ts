import { kindById } from "../credentials/registry";
import { failuresUntilBlocked } from "../password/lockout";
import { topicNames, topics } from "../settings/topics";
import { settingWords } from "../settings/words";
import { capabilityLabels } from "../users/capabilities";
import { asUtc } from "../utc-words";
import { clientWords } from "./client-words";
import type { ActivityLine, ActivityView } from "./activity";

/** An event as its reader understands it. `readerId` makes the reader's own acts those of "You". */
export function activityLine(event: ActivityView, readerId: string): ActivityLine {
  const { what, why } = event.outcome === "done" ? doneWords(event) : refusedWords(event);
  return {
    id: event.id,
    at: event.at,
    outcome: event.outcome,
    what,
    why,
    who: actorWords(event, readerId),
    address: event.address,
    client: clientWords(event.client),
  };
}

/** What an event says of the act itself. */
type Told = Pick<ActivityView, "action" | "subject" | "details" | "reason">;

/** What was done, in the past tense and without its doer: *Created auth token “laptop”*. */
export function deedWords(event: Told): string {
  return acts[event.action]?.done(event) ?? spelledOut(event.action);
}

type Words = { readonly what: string; readonly why: string | undefined };
type Phrase = (event: Told) => string;

/** The act in the past tense; for a refusal the same act as a thing that was tried. */
const acts: Readonly<Record<string, { done: Phrase; tried: Phrase; also?: Phrase }>> = {
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
  requestTemporaryPassword: {
    done: () => "Sent a temporary password by mail",
    tried: () => "Temporary password by mail",
  },
  blockUser: {
    done: () => "Blocked the user",
    tried: () => "Blocking the user",
    also: ({ reason }) =>
      reason === "ten_failures" ? `After ${failuresUntilBlocked} failures in a row.` : "",
  },
  suspendUser: {
    done: () => "Suspended the user",
    tried: () => "Suspending the user",
    also: () => "Everything is closed until an administrator activates the user.",
  },
  activateUser: { done: () => "Activated the user", tried: () => "Activating the user" },
  unblockUser: { done: () => "Unblocked the user", tried: () => "Unblocking the user" },
  createUser: { done: () => "Created the user", tried: () => "Creating the user" },
  updateUser: {
    done: ({ details }) => `Changed ${listed(details["changed"], userFields) || "the user"}`,
    tried: () => "Change of the user",
  },
  deleteUser: { done: () => "Deleted the user", tried: () => "Deleting the user" },
  updateCapabilities: {
    done: () => "Changed the capabilities",
    tried: () => "Change of the capabilities",
    also: ({ details }) => switches(details["capabilities"]),
  },
  endSession: { done: () => "Signed out one device", tried: () => "Signing out one device" },
  endOtherSessions: {
    done: () => "Signed out all other devices",
    tried: () => "Signing out all other devices",
    also: ({ details }) => endedSessions(details["ended"]),
  },
  issueCredential: {
    done: (event) => `Created ${credential(event)}`,
    tried: (event) => `Creating ${kindNoun(event)}`,
  },
  updateCredential: {
    done: (event) => `Changed ${credential(event)}`,
    tried: (event) => `Change of ${credential(event)}`,
    also: ({ details }) => expiryWords(details["expiresAt"]),
  },
  switchCredential: {
    done: (event) =>
      `${event.details["isEnabled"] === true ? "Enabled" : "Disabled"} ${credential(event)}`,
    tried: (event) => `Disabling or enabling ${credential(event)}`,
  },
  rotateCredential: {
    done: (event) => `Rotated ${credential(event)}`,
    tried: (event) => `Rotating ${credential(event)}`,
    also: ({ details }) => overlapWords(details["overlap"]),
  },
  revokeCredential: {
    done: (event) =>
      `${event.details["reason"] === "retired" ? "Retired" : "Deleted"} ${credential(event)}`,
    tried: (event) => `Deleting ${credential(event)}`,
  },
  expireCredential: {
    done: (event) =>
      `${event.details["reason"] === "retired" ? "Retired" : "Expired"} ${credential(event)}`,
    tried: (event) => `Expiry of ${credential(event)}`,
    also: ({ details }) =>
      details["reason"] === "retired"
        ? "Its overlap with the one that replaced it was over."
        : "Its time was up.",
  },
  authenticateClient: {
    done: (event) => `Used ${credential(event)}`,
    tried: (event) => `Use of ${credential(event)}`,
  },
  revokeToken: {
    done: (event) => `Gave back an access token of ${credential(event)}`,
    tried: (event) => `Giving back an access token of ${credential(event)}`,
  },
  reportLeak: {
    done: (event) => `Ended ${credential(event)}`,
    tried: (event) => `Ending ${credential(event)}`,
    also: () => "Somebody found its secret and reported it as leaked.",
  },
  beginMasterKeyRotation: {
    done: () => "Began to replace the master key",
    tried: () => "Replacing the master key",
  },
  rotateMasterKey: {
    done: () => "Replaced the master key",
    tried: () => "Replacing the master key",
  },
  addUserToGroup: {
    done: (event) => `Added to group${quoted(event)}`,
    tried: (event) => `Adding to group${quoted(event)}`,
  },
  removeUserFromGroup: {
    done: (event) => `Removed from group${quoted(event)}`,
    tried: (event) => `Removing from group${quoted(event)}`,
  },
  createGroup: {
    done: (event) => `Created the group${quoted(event)}`,
    tried: (event) => `Creating the group${quoted(event)}`,
  },
  updateGroup: {
    done: (event) => `Changed the group${quoted(event)}`,
    tried: (event) => `Change of the group${quoted(event)}`,
  },
  deleteGroup: {
    done: (event) => `Deleted the group${quoted(event)}`,
    tried: (event) => `Deleting the group${quoted(event)}`,
  },
  createPolicy: {
    done: (event) => `Created the policy${quoted(event)}`,
    tried: (event) => `Creating the policy${quoted(event)}`,
    also: ({ details }) => statementWords(details),
  },
  updatePolicy: {
    done: (event) => `Changed the policy${quoted(event)}`,
    tried: (event) => `Change of the policy${quoted(event)}`,
    also: ({ details }) => statementWords(details),
  },
  deletePolicy: {
    done: (event) => `Deleted the policy${quoted(event)}`,
    tried: (event) => `Deleting the policy${quoted(event)}`,
    also: ({ details }) => statementWords(details),
  },
  registerOauthResource: {
    done: (event) => `Registered the OAuth resource${quoted(event)}`,
    tried: (event) => `Registering the OAuth resource${quoted(event)}`,
  },
  updateOauthResource: {
    done: (event) => `Changed the OAuth resource${quoted(event)}`,
    tried: (event) => `Change of the OAuth resource${quoted(event)}`,
  },
  deleteOauthResource: {
    done: (event) => `Deleted the OAuth resource${quoted(event)}`,
    tried: (event) => `Deleting the OAuth resource${quoted(event)}`,
  },
  grantScopes: {
    done: (event) => `Changed a group’s scopes of${quoted(event)}`,
    tried: (event) => `Change of a group’s scopes of${quoted(event)}`,
    also: ({ details }) => grantedWords(details),
  },
  setUserLimits: {
    done: () => "Changed the limits of the user",
    tried: () => "Change of the limits of the user",
    also: ({ details }) => limitWords(details["limits"]),
  },
  requestLimit: {
    done: (event) => `Asked for a higher limit of ${kindNouns(event)}`,
    tried: (event) => `Asking for a higher limit of ${kindNouns(event)}`,
  },
  decideLimitRequest: {
    done: (event) =>
      `${event.details["decision"] === "grant" ? "Granted" : "Declined"} a higher limit of ${kindNouns(event)}`,
    tried: () => "Deciding a request for a higher limit",
    also: ({ details: { decision, from, to } }) =>
      decision === "grant" ? `${String(from)} → ${String(to)}.` : "",
  },
  changeSettings: {
    done: (event) => `Changed the settings${quoted(event)}`,
    tried: (event) => `Change of the settings${quoted(event)}`,
    also: ({ details }) => changedSettings(details),
  },
  rotateSigningKey: {
    done: () => "Replaced the key that signs access tokens",
    tried: () => "Replacing the key that signs access tokens",
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

/** The acts that have words, in alphabetical order: what the audit log can be filtered by. */
export const knownActions: readonly string[] = Object.keys(acts).toSorted();

/** The name of an act in words: *Change password*. */
export function actionWords(action: string): string {
  return spelledOut(action);
}

function doneWords(event: ActivityView): Words {
  const also = acts[event.action]?.also?.(event) ?? "";
  const { because } = event.details;
  const given = typeof because === "string" ? `Reason: ${because}` : "";
  return { what: deedWords(event), why: [also, given].filter(Boolean).join(" ") || undefined };
}

function refusedWords(event: ActivityView): Words {
  const what = acts[event.action]?.tried(event) ?? spelledOut(event.action);
  return { what: `${what} refused`, why: reasonWords(event) };
}

function reasonWords({ reason, details }: ActivityView): string | undefined {
  const sentence = details["sentence"];
  if (typeof sentence === "string") return sentence;
  switch (reason) {
    case null:
      return undefined;
    case "wrong_password": {
      const failed = details["failed"];
      return typeof failed === "number"
        ? `The password was wrong: failure ${failed} of ${failuresUntilBlocked} in a row.`
        : "The password was wrong.";
    }
    case "not_permitted":
      return "Whoever tried it may not do that.";
    case "blocked":
      return "The user is blocked: only an administrator can unblock.";
    default:
      return `${spelledOut(reason)}.`;
  }
}

function actorWords({ actor, via, action }: ActivityView, readerId: string): string {
  if (actor) return actor.id === readerId ? "You" : actor.name;
  if (via === "host") return "The operator of this server";
  if (via === "signature") return "A client with this user’s name";
  if (via === "oauth") return "An OAuth client";
  if (via === "report") return "Somebody who reported it";
  if (via === "clock" || action === "blockUser") return "Latchkey";
  if (action === "verifyDatabasePassword") return "Somebody at a database";
  if (action === "changePassword" || action === "proveIdentity") return "Somebody in a session";
  return "Somebody not signed in";
}

function signedIn({ details }: Told): string {
  if (details["password"] === "one-time") return "Signed in with a one-time password";
  if (details["password"] === "temporary") return "Signed in with a temporary password";
  return "Signed in";
}

function kindNoun({ details }: Told): string {
  const kind = details["kind"];
  const known = typeof kind === "string" ? kindById(kind) : undefined;
  return known?.description.noun.one ?? "credential";
}

function kindNouns({ details }: Told): string {
  const kind = details["kind"];
  const known = typeof kind === "string" ? kindById(kind) : undefined;
  return known?.description.noun.many ?? "credentials";
}

function limitWords(limits: unknown): string {
  if (typeof limits !== "object" || limits === null) return "";
  const words = Object.entries(limits).map(
    ([kind, { from, to }]) =>
      `${kindById(kind)?.description.title ?? kind}: ${String(from)} → ${String(to)}`,
  );
  return words.length === 0 ? "" : `${words.join("; ")}.`;
}

function credential(event: Told): string {
  return kindNoun(event) + quoted(event);
}

function quoted({ subject }: Told): string {
  return subject && subject.name !== "" ? ` “${subject.name}”` : "";
}

function overlapWords(overlap: unknown): string {
  switch (overlap) {
    case "now":
      return "The old one was refused at once.";
    case "1h":
      return "The old one works for another hour.";
    case "24h":
      return "The old one works for another 24 hours.";
    case "7d":
      return "The old one works for another 7 days.";
    default:
      return "";
  }
}

/** What a policy says from now on, and no longer says: the whole of what somebody changed. */
function statementWords({ added, removed }: ActivityView["details"]): string {
  const lines = (verb: string, statements: unknown) =>
    Array.isArray(statements) ? statements.map((text) => `${verb}: ${String(text)}.`) : [];
  return [...lines("Added", added), ...lines("Taken out", removed)].join(" ");
}

/** Nothing where the expiry stayed. */
function expiryWords(expiresAt: unknown): string {
  if (expiresAt === null) return "It does not expire any more.";
  return typeof expiresAt === "string" ? `It expires on ${asUtc(expiresAt)}.` : "";
}

function grantedWords({ groupName, scopes }: ActivityView["details"]): string {
  if (typeof groupName !== "string" || !Array.isArray(scopes)) return "";
  return scopes.length === 0 ? `${groupName}: none.` : `${groupName}: ${scopes.join(", ")}.`;
}

function changedSettings({ topic, changed }: ActivityView["details"]): string {
  const known = topicNames.find((name) => name === topic);
  if (known === undefined || typeof changed !== "object" || changed === null) return "";
  const words = topics[known].fields.flatMap((field) => {
    const change: unknown = Reflect.get(changed, field.name);
    if (typeof change !== "object" || change === null) return [];
    const [from, to] = ["from", "to"].map((end) => settingWords(field, Reflect.get(change, end)));
    return [`${field.label}: ${from} → ${to}`];
  });
  return words.length === 0 ? "Nothing was different." : `${words.join("; ")}.`;
}

function endedSessions(count: unknown): string {
  if (typeof count !== "number" || count === 0) return "";
  return count === 1 ? "1 other session ended." : `${count} other sessions ended.`;
}

const userFields: Readonly<Record<string, string>> = {
  description: "the description",
  email: "the e-mail address",
  emailVerified: "",
  dbUserName: "the database user name",
  state: "the state",
  owner: "the owner",
  deputy: "the deputy",
  freeformTags: "the tags",
  definedTags: "the tags",
};

function listed(names: unknown, words: Readonly<Record<string, string>>): string {
  if (!Array.isArray(names)) return "";
  const known = names.map((name) => words[String(name)] ?? "").filter((word) => word !== "");
  return [...new Set(known)].join(", ");
}

function switches(given: unknown): string {
  if (typeof given !== "object" || given === null) return "";
  const changed = Object.entries(capabilityLabels).flatMap(([name, label]) => {
    const isOn: unknown = Reflect.get(given, name);
    return typeof isOn === "boolean" ? [`${label} ${isOn ? "on" : "off"}`] : [];
  });
  return changed.length === 0 ? "" : `${changed.join(", ")}.`;
}

/** What a later release wrote and this one does not know: its name in words. */
function spelledOut(name: string): string {
  const words = name
    .replaceAll(/[_-]+/g, " ")
    .replaceAll(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
