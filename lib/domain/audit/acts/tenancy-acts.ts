import { kindById } from "../../credentials/registry";
import { topicNames, topics } from "../../settings/topics";
import { settingWords } from "../../settings/words";
import { type Acts, kindNouns, quoted, type Told } from "./act";

/** What holds for everybody: policies, OAuth resources, limits, settings, and the keys of this server. */
export const tenancyActs: Acts = {
  beginMasterKeyRotation: {
    done: () => "Began to replace the master key",
    tried: () => "Replacing the master key",
  },
  rotateMasterKey: {
    done: () => "Replaced the master key",
    tried: () => "Replacing the master key",
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
};

/** What a policy says from now on, and no longer says: the whole of what somebody changed. */
function statementWords({ added, removed }: Told["details"]): string {
  const lines = (verb: string, statements: unknown) =>
    Array.isArray(statements) ? statements.map((text) => `${verb}: ${String(text)}.`) : [];
  return [...lines("Added", added), ...lines("Taken out", removed)].join(" ");
}

function limitWords(limits: unknown): string {
  if (typeof limits !== "object" || limits === null) return "";
  const words = Object.entries(limits).map(
    ([kind, { from, to }]) =>
      `${kindById(kind)?.description.title ?? kind}: ${String(from)} → ${String(to)}`,
  );
  return words.length === 0 ? "" : `${words.join("; ")}.`;
}

function grantedWords({ groupName, scopes }: Told["details"]): string {
  if (typeof groupName !== "string" || !Array.isArray(scopes)) return "";
  return scopes.length === 0 ? `${groupName}: none.` : `${groupName}: ${scopes.join(", ")}.`;
}

function changedSettings({ topic, changed }: Told["details"]): string {
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
