import { failuresUntilBlocked } from "../../password/lockout";
import { capabilityLabels } from "../../users/capabilities";
import { type Acts, quoted } from "./act";

/** Users, their capabilities and their groups. */
export const userActs: Acts = {
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
};

const userFields: Readonly<Record<string, string>> = {
  description: "the description",
  email: "the e-mail address",
  emailVerified: "",
  dbUserName: "the database user name",
  dbUserDescription: "the description of the database user name",
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
