import { kindById } from "../../credentials/registry";
import { asUtc } from "../../utc-words";
import { type Acts, kindNoun, quoted, type Told } from "./act";

/** Credentials of every kind, and what is done with them. */
export const credentialActs: Acts = {
  issueCredential: {
    done: (event) => `Created ${credential(event)}`,
    tried: (event) => `Creating ${kindNoun(event)}`,
  },
  updateCredential: {
    done: (event) => `Changed ${credential(event)}`,
    tried: (event) => `Change of ${credential(event)}`,
    also: ({ details }) =>
      [changeWords(details), expiryWords(details["expiresAt"])].filter(Boolean).join(" "),
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
};

function credential(event: Told): string {
  return kindNoun(event) + quoted(event);
}

function changeWords({ kind, before, after }: Told["details"]): string {
  const known = typeof kind === "string" ? kindById(kind) : undefined;
  return known?.changeWords(before, after) ?? "";
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

/** Nothing where the expiry stayed. */
function expiryWords(expiresAt: unknown): string {
  if (expiresAt === null) return "It does not expire any more.";
  return typeof expiresAt === "string" ? `It expires on ${asUtc(expiresAt)}.` : "";
}
