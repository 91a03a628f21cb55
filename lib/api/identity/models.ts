import { z } from "zod";

import type { WireModel } from "@/lib/domain/credentials/wire";
import { wireTime } from "@/lib/domain/credentials/wire-models";
import { passwordBounds } from "@/lib/domain/password/policy";
import { wholeNumber } from "@/lib/domain/settings/bounds";

/** Oracle's models of people, groups and the tenancy, member by member (identity-api.md 4). */
const lifecycleState = z.enum(["ACTIVE", "INACTIVE"]);

const freeformTags = z.record(z.string(), z.string());
const definedTags = z.record(z.string(), z.record(z.string(), z.unknown()));
const tags = { freeformTags, definedTags };
const optionalTags = { freeformTags: freeformTags.optional(), definedTags: definedTags.optional() };

const capabilities = {
  canUseConsolePassword: z.boolean(),
  canUseApiKeys: z.boolean(),
  canUseAuthTokens: z.boolean(),
  canUseSmtpCredentials: z.boolean(),
  canUseCustomerSecretKeys: z.boolean(),
  canUseOAuth2ClientCredentials: z.boolean(),
  canUseDbCredentials: z.boolean(),
};

const resource = {
  id: z.string(),
  compartmentId: z.string(),
  timeCreated: wireTime,
  lifecycleState,
  inactiveStatus: z.int().optional(),
};

const described = { name: z.string(), description: z.string() };

export const userModel = {
  name: "User",
  schema: z.object({
    ...resource,
    ...described,
    isMfaActivated: z.boolean(),
    email: z.string().optional(),
    emailVerified: z.boolean(),
    dbUserName: z.string().optional(),
    identityProviderId: z.string().optional(),
    externalIdentifier: z.string().optional(),
    capabilities: z.object(capabilities),
    lastSuccessfulLoginTime: wireTime.optional(),
    previousSuccessfulLoginTime: wireTime.optional(),
    ...tags,
  }),
} satisfies WireModel;

export const createUserDetails = {
  name: "CreateUserDetails",
  schema: z.object({
    compartmentId: z.string(),
    ...described,
    email: z.string().optional(),
    ...optionalTags,
  }),
} satisfies WireModel;

export const updateUserDetails = {
  name: "UpdateUserDetails",
  schema: z.object({
    description: z.string().optional(),
    email: z.string().optional(),
    dbUserName: z.string().optional(),
    ...optionalTags,
  }),
} satisfies WireModel;

export const updateStateDetails = {
  name: "UpdateStateDetails",
  schema: z.object({ blocked: z.boolean() }),
} satisfies WireModel;

/** Requests spell one member with a capital more than replies; both are understood. */
export const updateUserCapabilitiesDetails = {
  name: "UpdateUserCapabilitiesDetails",
  schema: z.object({ ...capabilities, canUseDBCredentials: z.boolean() }).partial(),
} satisfies WireModel;

export const uiPasswordModel = {
  name: "UIPassword",
  schema: z.object({
    password: z.string(),
    userId: z.string(),
    timeCreated: wireTime,
    lifecycleState,
  }),
} satisfies WireModel;

export const uiPasswordInformationModel = {
  name: "UIPasswordInformation",
  schema: z.object({ userId: z.string(), timeCreated: wireTime, lifecycleState }),
} satisfies WireModel;

const mfaTotpDevice = {
  id: z.string(),
  userId: z.string(),
  isActivated: z.boolean(),
  timeCreated: wireTime,
  lifecycleState,
};

export const mfaTotpDeviceModel = {
  name: "MfaTotpDevice",
  schema: z.object({ ...mfaTotpDevice, seed: z.string() }),
} satisfies WireModel;

export const mfaTotpDeviceSummaryModel = {
  name: "MfaTotpDeviceSummary",
  schema: z.object(mfaTotpDevice),
} satisfies WireModel;

export const mfaTotpToken = {
  name: "MfaTotpToken",
  schema: z.object({ totpToken: z.string() }),
} satisfies WireModel;

export const groupModel = {
  name: "Group",
  schema: z.object({ ...resource, ...described, ...tags }),
} satisfies WireModel;

export const createGroupDetails = {
  name: "CreateGroupDetails",
  schema: z.object({ compartmentId: z.string(), ...described, ...optionalTags }),
} satisfies WireModel;

export const updateGroupDetails = {
  name: "UpdateGroupDetails",
  schema: z.object({ description: z.string().optional(), ...optionalTags }),
} satisfies WireModel;

export const membershipModel = {
  name: "UserGroupMembership",
  schema: z.object({ ...resource, groupId: z.string(), userId: z.string() }),
} satisfies WireModel;

export const addUserToGroupDetails = {
  name: "AddUserToGroupDetails",
  schema: z.object({ userId: z.string(), groupId: z.string() }),
} satisfies WireModel;

const statements = z.array(z.string());
/** A day. */
const versionDate = z.string().nullable().optional();

export const policyModel = {
  name: "Policy",
  schema: z.object({ ...resource, ...described, statements, versionDate, ...tags }),
} satisfies WireModel;

export const createPolicyDetails = {
  name: "CreatePolicyDetails",
  schema: z.object({
    compartmentId: z.string(),
    ...described,
    statements,
    versionDate,
    ...optionalTags,
  }),
} satisfies WireModel;

export const updatePolicyDetails = {
  name: "UpdatePolicyDetails",
  schema: z.object({
    description: z.string().optional(),
    statements: statements.optional(),
    versionDate,
    ...optionalTags,
  }),
} satisfies WireModel;

export const compartmentModel = {
  name: "Compartment",
  schema: z.object({ ...resource, ...described, isAccessible: z.boolean(), ...tags }),
} satisfies WireModel;

export const tenancyModel = {
  name: "Tenancy",
  schema: z.object({ id: z.string(), ...described, homeRegionKey: z.string(), ...tags }),
} satisfies WireModel;

export const regionModel = {
  name: "Region",
  schema: z.object({ key: z.string(), name: z.string() }),
} satisfies WireModel;

export const regionSubscriptionModel = {
  name: "RegionSubscription",
  schema: z.object({
    regionKey: z.string(),
    regionName: z.string(),
    status: z.enum(["READY", "IN_PROGRESS"]),
    isHomeRegion: z.boolean(),
  }),
} satisfies WireModel;

export const availabilityDomainModel = {
  name: "AvailabilityDomain",
  schema: z.object({ name: z.string(), id: z.string(), compartmentId: z.string() }),
} satisfies WireModel;

const passwordPolicy = z.object({
  minimumPasswordLength: wholeNumber(passwordBounds.minimumLength),
  isUppercaseCharactersRequired: z.boolean(),
  isLowercaseCharactersRequired: z.boolean(),
  isNumericCharactersRequired: z.boolean(),
  isSpecialCharactersRequired: z.boolean(),
  isUsernameContainmentAllowed: z.boolean(),
});

const networkPolicy = z.object({ networkSourceIds: z.array(z.string()) });

export const authenticationPolicyModel = {
  name: "AuthenticationPolicy",
  schema: z.object({ compartmentId: z.string(), passwordPolicy, networkPolicy }),
} satisfies WireModel;

export const updateAuthenticationPolicyDetails = {
  name: "UpdateAuthenticationPolicyDetails",
  schema: z.object({
    passwordPolicy: passwordPolicy.partial().optional(),
    networkPolicy: networkPolicy.partial().optional(),
  }),
} satisfies WireModel;
