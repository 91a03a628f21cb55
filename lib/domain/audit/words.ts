import { failuresUntilBlocked } from "../password/lockout";
import type { ActivityLine, ActivityView } from "./activity";
import { actionNames } from "./action-names";
import type { Acts, Told } from "./acts/act";
import { credentialActs } from "./acts/credential-acts";
import { sessionActs } from "./acts/session-acts";
import { tenancyActs } from "./acts/tenancy-acts";
import { userActs } from "./acts/user-acts";
import { clientWords } from "./client-words";
import { spelledOut } from "./spelled-out";

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

/** What was done, in the past tense and without its doer: *Created auth token “laptop”*. */
export function deedWords(event: Told): string {
  return acts[event.action]?.done(event) ?? spelledOut(event.action);
}

type Words = { readonly what: string; readonly why: string | undefined };

const acts: Acts = { ...sessionActs, ...userActs, ...credentialActs, ...tenancyActs };

/** The acts that have words, in the order of these: what the audit log can be filtered by. */
export const knownActions: readonly string[] = Object.keys(acts).toSorted((one, other) =>
  actionWords(one).localeCompare(actionWords(other), "en"),
);

/** The name of an act in the words of the console: *Change password*. */
export function actionWords(action: string): string {
  return actionNames[action] ?? spelledOut(action);
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
    case "wrong_code": {
      const failed = details["failed"];
      return typeof failed === "number"
        ? `The code was wrong: failure ${failed} of ${failuresUntilBlocked} in a row.`
        : "The code was wrong.";
    }
    case "password_expired":
      return "The one-time password had expired or was used already.";
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
