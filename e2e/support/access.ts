import { type AskingRow, everywhere, type Verdict, type Verdicts } from "./actors";

/** Everything that a row's request may name; made anew for each cell. */
export interface Target {
  readonly self: { readonly id: string; readonly name: string };
  readonly id: string;
  readonly name: string;
  readonly tenancyId: string;
  readonly tokenId: string;
  readonly accessKey: string;
  readonly smtpId: string;
  readonly clientId: string;
  readonly databasePasswordId: string;
  /** An authenticator app that is in use; sign-in does not ask for it. */
  readonly deviceId: string;
  readonly resourceId: string;
  readonly limitRequestId: string;
  readonly fingerprint: string;
  readonly sessionId: string;
  readonly groupId: string;
  readonly otherGroupId: string;
  readonly membershipId: string;
  readonly policyId: string;
  /** Different in every cell. */
  readonly unique: string;
  readonly password: string;
  readonly publicPem: string;
}

/** Whoever has no session is led there. */
export const signedOut = {
  anonymous: "/sign-in",
  blocked: "/sign-in",
  suspended: "/sign-in",
  ended: "/sign-in",
} as const;

export const allowed = "allowed";
export const hidden = "not_found";

function inConsole(given: {
  stranger: Verdict;
  owner: Verdict;
  late?: Verdict;
  administrator?: Verdict;
}): Verdicts {
  const { stranger, owner, late = owner, administrator = allowed } = given;
  return {
    anonymous: "unauthenticated",
    stranger,
    former: stranger,
    owner,
    administrator,
    blocked: "unauthenticated",
    suspended: "unauthenticated",
    mustChange: "must_change_password",
    late,
    ended: "unauthenticated",
  };
}

export const ofOwner = inConsole({ stranger: hidden, owner: allowed });
const ofOwnerProved = inConsole({ stranger: hidden, owner: allowed, late: "step_up_required" });
const ofAdministrator = inConsole({ stranger: hidden, owner: hidden, late: "step_up_required" });
/** Reading what only administrators see. */
export const readByAdministrator = inConsole({ stranger: hidden, owner: hidden });
const ofAnybody = inConsole({ stranger: allowed, owner: allowed });
/** Only for oneself, and here everybody has an app that is in use: an administrator is no exception. */
const ofOwnerInUse = inConsole({
  stranger: hidden,
  owner: "conflict",
  late: "step_up_required",
  administrator: hidden,
});
const ofNobodyAtLimit = inConsole({
  stranger: "conflict",
  owner: "conflict",
  administrator: "conflict",
});

export interface ActionRow extends AskingRow {
  /** The action's argument, or the fields of its form. */
  readonly argument?: (target: Target) => unknown;
  readonly form?: (target: Target) => Record<string, string>;
  /** False: says nothing about a target, so there is no missing one to compare with. */
  readonly hasTarget?: false;
  /** Only works on somebody who is in no group. */
  readonly alone?: true;
  /** Counted by source: everybody here has the same one. */
  readonly isCounted?: true;
}

/** Whoever acts on another person's credentials says why; of those who act on their own it is not asked. */
const reason = "matrix";

const tokenOf = ({ id, tokenId }: Target) => ({
  ownerId: id,
  kind: "auth_token",
  credential: { id: tokenId },
  reason,
});

/** One row a server action. */
export const actionAccess = {
  issueCredentialAction: {
    verdicts: ofOwnerProved,
    asks: "CreateAuthToken",
    argument: ({ id }) => ({
      ownerId: id,
      kind: "auth_token",
      values: { description: "matrix" },
      reason,
    }),
  },
  updateCredentialAction: {
    verdicts: ofOwner,
    asks: "UpdateAuthToken",
    argument: (target) => ({ ...tokenOf(target), values: { description: target.unique } }),
  },
  rotateCredentialAction: {
    verdicts: ofOwnerProved,
    asks: "CreateAuthToken",
    argument: (target) => ({ ...tokenOf(target), overlap: "24h" }),
  },
  switchCredentialAction: {
    verdicts: ofOwnerProved,
    asks: "UpdateAuthToken",
    argument: (target) => ({ ...tokenOf(target), isEnabled: false }),
  },
  revokeCredentialAction: {
    verdicts: ofOwnerProved,
    asks: "DeleteAuthToken",
    argument: tokenOf,
  },
  createUserAction: {
    verdicts: ofAdministrator,
    asks: "CreateUser",
    argument: ({ unique }) => ({ name: unique }),
    hasTarget: false,
  },
  updateUserAction: {
    verdicts: ofAdministrator,
    asks: "UpdateUser",
    argument: ({ id, unique }) => ({ userId: id, description: unique }),
  },
  deleteUserAction: {
    verdicts: ofAdministrator,
    asks: "DeleteUser",
    argument: ({ id }) => ({ userId: id, reason }),
    alone: true,
  },
  suspendUserAction: {
    verdicts: ofAdministrator,
    asks: "SuspendUser",
    argument: ({ id }) => ({ userId: id, reason }),
  },
  activateUserAction: {
    verdicts: ofAdministrator,
    asks: "SuspendUser",
    argument: ({ id }) => ({ userId: id, reason }),
  },
  unblockUserAction: {
    verdicts: ofAdministrator,
    asks: "UpdateUserState",
    argument: ({ id }) => ({ userId: id, reason }),
  },
  updateCapabilitiesAction: {
    verdicts: ofAdministrator,
    asks: "UpdateUserCapabilities",
    argument: ({ id }) => ({ userId: id, capabilities: { canUseAuthTokens: false }, reason }),
  },
  createOrResetPasswordAction: {
    verdicts: ofAdministrator,
    differs: { onService: "invalid_input" },
    asks: "CreateOrResetUIPassword",
    argument: ({ id }) => ({ userId: id, reason }),
  },
  sendInvitationAction: {
    verdicts: ofAdministrator,
    differs: { onService: "invalid_input" },
    asks: "CreateOrResetUIPassword",
    argument: ({ id }) => ({ userId: id }),
  },
  resendConfirmationAction: {
    verdicts: ofOwner,
    asks: "ResendEmailConfirmation",
    argument: ({ id }) => ({ userId: id }),
  },
  addUserToGroupAction: {
    verdicts: ofAdministrator,
    asks: "AddUserToGroup",
    argument: ({ id, otherGroupId }) => ({ userId: id, groupId: otherGroupId }),
  },
  removeUserFromGroupAction: {
    verdicts: ofAdministrator,
    asks: "RemoveUserFromGroup",
    argument: ({ membershipId }) => ({ membershipId }),
  },
  createGroupAction: {
    verdicts: ofAdministrator,
    asks: "CreateGroup",
    argument: ({ unique }) => ({ name: unique, description: "" }),
    hasTarget: false,
  },
  updateGroupAction: {
    verdicts: ofAdministrator,
    asks: "UpdateGroup",
    argument: ({ groupId, unique }) => ({ groupId, description: unique }),
  },
  deleteGroupAction: {
    verdicts: ofAdministrator,
    asks: "DeleteGroup",
    argument: ({ otherGroupId }) => ({ groupId: otherGroupId }),
  },
  createPolicyAction: {
    verdicts: ofAdministrator,
    asks: "CreatePolicy",
    argument: ({ unique }) => ({
      name: unique,
      description: "",
      // What a writer of policies may give, who holds nothing else.
      statements: ["Allow group Matrix to inspect policies in tenancy"],
    }),
    hasTarget: false,
  },
  updatePolicyAction: {
    verdicts: ofAdministrator,
    asks: "UpdatePolicy",
    argument: ({ policyId, unique }) => ({ policyId, description: unique }),
  },
  deletePolicyAction: {
    verdicts: ofAdministrator,
    asks: "DeletePolicy",
    argument: ({ policyId }) => ({ policyId }),
  },
  registerOauthResourceAction: {
    verdicts: ofAdministrator,
    asks: "ChangeOAuthResources",
    argument: ({ unique }) => ({ name: unique, audience: `urn:${unique}`, scopes: ["read"] }),
    hasTarget: false,
  },
  updateOauthResourceAction: {
    verdicts: ofAdministrator,
    asks: "ChangeOAuthResources",
    argument: ({ resourceId, unique }) => ({
      resourceId,
      name: unique,
      audience: `urn:${unique}`,
      scopes: ["read"],
    }),
  },
  deleteOauthResourceAction: {
    verdicts: ofAdministrator,
    asks: "ChangeOAuthResources",
    argument: ({ resourceId }) => ({ resourceId }),
  },
  grantScopesAction: {
    verdicts: ofAdministrator,
    asks: "ChangeOAuthResources",
    argument: ({ resourceId, groupId }) => ({ resourceId, groupId, scopes: ["read"] }),
  },
  setUserLimitsAction: {
    verdicts: ofAdministrator,
    asks: "UpdateUserLimits",
    argument: ({ id }) => ({ userId: id, limits: { auth_token: 3 }, reason }),
  },
  requestLimitAction: {
    // Everybody asks for themselves, and nobody here is at the limit.
    verdicts: ofNobodyAtLimit,
    argument: () => ({ kind: "auth_token" }),
    hasTarget: false,
  },
  decideLimitRequestAction: {
    verdicts: ofAdministrator,
    asks: "UpdateUserLimits",
    argument: ({ limitRequestId }) => ({ requestId: limitRequestId, decision: "decline" }),
  },
  changeSettingsAction: {
    verdicts: ofAdministrator,
    asks: "ChangeSettings",
    argument: () => ({ topic: "oauth", change: { anyoneMayEnterAudience: true } }),
    hasTarget: false,
  },
  rotateSigningKeyAction: {
    verdicts: ofAdministrator,
    asks: "ChangeSettings",
    argument: () => ({}),
    hasTarget: false,
  },
  endSessionAction: {
    verdicts: ofOwner,
    asks: "EndSession",
    argument: ({ id, sessionId }) => ({ userId: id, sessionId, reason }),
  },
  endOtherSessionsAction: {
    verdicts: ofOwner,
    asks: "EndSession",
    argument: ({ id }) => ({ userId: id, reason }),
  },
  proveIdentityAction: {
    verdicts: ofAnybody,
    argument: ({ password }) => ({ password }),
    hasTarget: false,
  },
  beginEnrolmentAction: { verdicts: ofOwnerInUse, argument: ({ id }) => ({ userId: id }) },
  activateTotpDeviceAction: {
    verdicts: ofOwnerInUse,
    argument: ({ id, deviceId }) => ({ userId: id, deviceId, code: "000000" }),
  },
  renewRecoveryCodesAction: { verdicts: ofOwnerInUse, argument: ({ id }) => ({ userId: id }) },
  disableSecondFactorAction: {
    verdicts: { ...ofOwnerInUse, administrator: "conflict" },
    asks: "DeleteMfaTotpDevice",
    argument: ({ id }) => ({ userId: id, reason }),
  },
  secondFactorAction: {
    // Nobody here has a sign-in that waits for a code; what one opens is in second-factor.spec.ts.
    verdicts: everywhere("/sign-in"),
    form: () => ({ code: "000000" }),
    hasTarget: false,
  },
  signInAction: {
    verdicts: {
      ...everywhere("/profile/details"),
      blocked: "sign_in_refused",
      suspended: "sign_in_refused",
      mustChange: "/change-password",
    },
    differs: { onService: "sign_in_refused", service: "sign_in_refused" },
    form: ({ name, password }) => ({ userName: name, password }),
    hasTarget: false,
  },
  requestTemporaryPasswordAction: {
    verdicts: everywhere("done"),
    form: ({ name }) => ({ userName: name }),
    hasTarget: false,
    isCounted: true,
  },
  acceptInvitationAction: {
    // Nobody brings the token of a mail here.
    verdicts: everywhere("invalid_input"),
    form: () => ({}),
    hasTarget: false,
  },
  confirmEmailAction: {
    // Nobody brings the token of a mail here.
    verdicts: everywhere("invalid_input"),
    form: () => ({}),
    hasTarget: false,
  },
  reportLeakAction: {
    verdicts: everywhere("done"),
    form: ({ unique }) => ({ text: unique }),
    hasTarget: false,
  },
  changePasswordAction: {
    verdicts: {
      ...everywhere("/profile/security?passwordChanged"),
      ...signedOut,
      mustChange: "/profile/details",
    },
    form: ({ password, unique }) => ({
      currentPassword: password,
      newPassword: `Nine-Tall-Ships-${unique}`,
      confirmNewPassword: `Nine-Tall-Ships-${unique}`,
    }),
    hasTarget: false,
  },
} as const satisfies Record<string, ActionRow>;
