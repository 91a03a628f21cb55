import { randomUUID } from "node:crypto";

import { reading } from "@/lib/data/db";
import { listMemberships } from "@/lib/data/groups";
import type { Caller } from "@/lib/domain/caller";
import { valuesFor } from "@/lib/testing/kind-values";

import { issueCredential } from "../credentials/issue-credential";
import { revokeCredential } from "../credentials/revoke-credential";
import { rotateCredential } from "../credentials/rotate-credential";
import { switchCredential } from "../credentials/switch-credential";
import { updateCredential } from "../credentials/update-credential";
import { addUserToGroup } from "../groups/add-user-to-group";
import { createGroup } from "../groups/create-group";
import { deleteGroup } from "../groups/delete-group";
import { removeUserFromGroup } from "../groups/remove-user-from-group";
import { updateGroup } from "../groups/update-group";
import { sendInvitation } from "../invitations/send-invitation";
import { decideLimitRequest } from "../limits/decide-limit-request";
import { setUserLimits } from "../limits/set-user-limits";
import { deleteOauthResource } from "../oauth/delete-resource";
import { grantScopes } from "../oauth/grant-scopes";
import { registerOauthResource } from "../oauth/register-resource";
import { updateOauthResource } from "../oauth/update-resource";
import { createOrResetPassword } from "../passwords/create-or-reset-password";
import { deleteTotpDevice } from "../second-factor/delete-totp-device";
import { changeSettings } from "../settings/change-settings";
import { activateUser } from "../users/activate-user";
import { createUser } from "../users/create-user";
import { deleteUser } from "../users/delete-user";
import { suspendUser } from "../users/suspend-user";
import { unblockUser } from "../users/unblock-user";
import { updateCapabilities } from "../users/update-capabilities";
import { updateUser } from "../users/update-user";
import { createPolicy } from "./create-policy";
import { deletePolicy } from "./delete-policy";
import { danglingName, scopeNames, userNames, type World } from "./escalation-world.fixture";
import { updatePolicy } from "./update-policy";

/** One call: which act, by whom, on whom, and what it is about. */
export interface Step {
  readonly act: ActName;
  readonly by: number;
  readonly on: number;
  /** On somebody whom the chain can act as already. */
  readonly isOwn: boolean;
  readonly at: number;
  readonly statement: string;
}

export const pick = <T>(some: readonly T[], at: number): T | undefined =>
  some.length === 0 ? undefined : some[at % some.length];

interface Call {
  readonly world: World;
  readonly caller: Caller;
  readonly userId: string;
  readonly groupId: string;
  readonly at: number;
  readonly statement: string;
}

type Act = (call: Call) => Promise<unknown>;

let count = 0;
const fresh = () => `n-${(count += 1)}-${randomUUID().slice(0, 8)}`;
const keyOnce = valuesFor("api_key");

const issue =
  (kind: string): Act =>
  async ({ world, caller, userId }) => {
    const values = kind === "api_key" ? keyOnce : valuesFor(kind);
    const { credential } = await issueCredential(caller, { ownerId: userId, kind, values });
    if (kind === "auth_token") world.credentials.push({ id: credential.id, ownerId: userId });
    world.held.add(userId);
  };

const aToken = ({ world, at, userId }: Call) => {
  const theirs = world.credentials.filter(({ ownerId }) => ownerId === userId);
  const { id, ownerId } = pick(theirs, at) ?? { id: "", ownerId: userId };
  return { ownerId, kind: "auth_token", credential: { id } };
};

const edit =
  (to: (call: Call) => Record<string, unknown>): Act =>
  ({ caller, userId, ...call }) =>
    updateUser(caller, { userId, ...to({ caller, userId, ...call }) });

/**
 * Everything that the API and the console's use cases know and that could change what somebody may do. What brings the
 * secret of somebody, or their mail, brings them into the hands of the chain.
 */
export const acts = {
  createUser: async ({ world, caller, at }) => {
    // Names that patterns know, and names that they do not know.
    const { id } = await createUser(caller, { name: `${at % 2 === 0 ? "u" : "w"}-${fresh()}` });
    world.users.push(id);
  },
  createServiceUser: async ({ world, caller, at }) => {
    const owner = pick(userNames.slice(0, 4), at);
    const { id } = await createUser(caller, { name: fresh(), kind: "service", owner });
    world.users.push(id);
  },
  deleteUser: async ({ world, caller, userId }) => {
    await deleteUser(caller, { userId });
    world.users.splice(world.users.indexOf(userId), 1);
    world.held.delete(userId);
  },
  describe: edit(() => ({ description: fresh() })),
  tag: edit(() => ({ freeformTags: { key: fresh() }, definedTags: { a: { b: fresh() } } })),
  nameForDatabase: edit(() => ({ dbUserName: fresh() })),
  setEmail: async (call) => {
    // Brings a temporary password by mail.
    await edit(() => ({ email: `${fresh()}@example.com` }))(call);
    call.world.held.add(call.userId);
  },
  setAnswerable: async ({ world, caller, at }) => {
    // Brings the mails of the service user.
    const userId = world.robot();
    const [owner, deputy] = [pick(userNames.slice(0, 4), at), pick(userNames.slice(0, 4), at + 1)];
    await updateUser(caller, { userId, owner, deputy });
    world.held.add(userId);
  },
  suspend: ({ caller, userId }) => suspendUser(caller, { userId }),
  activate: ({ caller, userId }) => activateUser(caller, { userId }),
  unblock: ({ caller, userId }) => unblockUser(caller, { userId }),
  switchCapabilities: ({ caller, userId, at }) =>
    updateCapabilities(caller, { userId, capabilities: { canUseApiKeys: at % 4 > 0 } }),
  setLimits: ({ caller, userId, at }) =>
    setUserLimits(caller, { userId, limits: { auth_token: 3 + (at % 5) } }),
  grantLimit: ({ world, caller, at }) =>
    decideLimitRequest(caller, {
      requestId: pick(world.requests, at) ?? "",
      decision: "grant",
      limit: 9,
    }),
  resetPassword: async ({ world, caller, userId }) => {
    await createOrResetPassword(caller, { userId });
    world.held.add(userId);
  },
  invite: ({ caller, userId }) => sendInvitation(caller, { userId }),
  removeDevice: async ({ world, caller, at }) => {
    const { id: deviceId, ownerId: userId } = pick(world.devices, at) ?? { id: "", ownerId: "" };
    await deleteTotpDevice(caller, { userId, deviceId });
  },
  issueApiKey: issue("api_key"),
  issueToken: issue("auth_token"),
  issueSecretKey: issue("customer_secret_key"),
  issueOauthClient: issue("oauth_client_credential"),
  issueSmtp: issue("smtp_credential"),
  issueDatabasePassword: issue("database_password"),
  rotate: async (call) => {
    const { ownerId, kind, credential } = aToken(call);
    await rotateCredential(call.caller, { ownerId, kind, credential, overlap: "now" });
    call.world.held.add(ownerId);
  },
  switchCredential: (call) =>
    switchCredential(call.caller, { ...aToken(call), isEnabled: call.at % 2 === 0 }),
  editCredential: (call) =>
    updateCredential(call.caller, { ...aToken(call), values: { description: fresh() } }),
  revoke: (call) => revokeCredential(call.caller, aToken(call)),

  createGroup: async ({ world, caller, at }) => {
    const name = at % 2 === 0 ? danglingName : fresh();
    world.groups.push((await createGroup(caller, { name, description: "" })).id);
  },
  updateGroup: ({ caller, groupId }) =>
    updateGroup(caller, { groupId, description: fresh(), freeformTags: { key: fresh() } }),
  deleteGroup: async ({ world, caller }) => {
    // The newest is the likeliest to be empty.
    await deleteGroup(caller, { groupId: world.groups.at(-1) ?? "" });
    world.groups.pop();
  },
  join: ({ caller, userId, groupId }) => addUserToGroup(caller, { userId, groupId }),
  leave: async ({ caller, userId, at }) => {
    const found = await reading((tx) =>
      listMemberships(tx, caller.tenancyId, { userId }, { limit: 10 }),
    );
    await removeUserFromGroup(caller, { membershipId: pick(found, at)?.id ?? "" });
  },

  createPolicy: async ({ world, caller, statement }) => {
    const policy = { name: fresh(), description: "", statements: [statement] };
    world.policies.push((await createPolicy(caller, policy)).id);
  },
  updatePolicy: ({ world, caller, at, statement }) =>
    updatePolicy(caller, { policyId: pick(world.policies, at) ?? "", statements: [statement] }),
  deletePolicy: async ({ world, caller, at }) => {
    const policyId = pick(world.policies, at) ?? "";
    await deletePolicy(caller, { policyId });
    world.policies.splice(world.policies.indexOf(policyId), 1);
  },

  changePasswordPolicy: ({ caller, at }) =>
    changeSettings(caller, { topic: "password-policy", change: { historyLength: at % 5 } }),
  changeSettings: ({ caller, at }) =>
    changeSettings(caller, {
      ...pick(
        [
          { topic: "sessions", change: { idleMinutes: 5 + (at % 5) } },
          { topic: "second-factor", change: { databasePasswords: at % 2 === 0 } },
          { topic: "limits", change: { auth_token: 2 + (at % 3) } },
          { topic: "oauth", change: { anyoneMayEnterAudience: true } },
          { topic: "audit", change: { retentionDays: 400 + at } },
        ],
        at,
      ),
    }),

  registerResource: async ({ world, caller }) => {
    const name = fresh();
    const resource = { name, audience: `https://${name}.example.com`, scopes: ["all"] };
    world.resources.push((await registerOauthResource(caller, resource)).id);
  },
  updateResource: ({ world, caller, at }) => {
    const name = fresh();
    const to = { name, audience: `https://${name}.example.com`, scopes: [...scopeNames, "more"] };
    return updateOauthResource(caller, { resourceId: pick(world.resources, at) ?? "", ...to });
  },
  deleteResource: async ({ world, caller, at }) => {
    const resourceId = pick(world.resources, at) ?? "";
    await deleteOauthResource(caller, { resourceId });
    world.resources.splice(world.resources.indexOf(resourceId), 1);
  },
  grantScopes: ({ world, caller, groupId, at }) =>
    grantScopes(caller, {
      resourceId: world.resources[0] ?? "",
      groupId,
      scopes: [pick(scopeNames, at)],
    }),
} satisfies Record<string, Act>;

export type ActName = keyof typeof acts;
export const actNames = Object.keys(acts) as ActName[]; // The keys of a literal.

/** Takes the step; throws what the use case throws. */
export async function perform(
  world: World,
  { act, by, on, isOwn, at, statement }: Step,
): Promise<void> {
  const actor = pick([...world.held], by) ?? "";
  await acts[act]({
    world,
    caller: await world.callerNow(actor),
    userId: pick(isOwn ? [...world.held] : world.users, on) ?? "",
    groupId: pick(world.groups, at) ?? "",
    at,
    statement: world.written(statement),
  });
}
