import { AppError } from "@/lib/domain/errors";
import { etagOf } from "@/lib/domain/etag";
import { passwordPolicy } from "@/lib/domain/password/policy";
import { changeSettings } from "@/lib/services/settings/change-settings";
import { getSettings } from "@/lib/services/settings/get-settings";

import { requireTenancy } from "../lists";
import { authenticationPolicyModel, updateAuthenticationPolicyDetails } from "../models";
import { defineOperation, type Operation } from "../operation";

const topic = "password-policy";
const one = {
  path: "/authenticationPolicies/:compartmentId",
  tag: "Authentication policy",
  reply: authenticationPolicyModel,
  etag: ({ version }: { version: number }) => etagOf(version),
} as const;

export const authenticationPolicyOperations: readonly Operation[] = [
  defineOperation({
    ...one,
    operationId: "GetAuthenticationPolicy",
    method: "GET",
    useCase: getSettings,
    toInput: ({ caller, params }) => {
      requireTenancy(caller, params("compartmentId"));
      return { topic };
    },
    present: ({ value }, { params }) => wirePolicy(value, params("compartmentId")),
  }),
  defineOperation({
    ...one,
    operationId: "UpdateAuthenticationPolicy",
    method: "PUT",
    details: updateAuthenticationPolicyDetails,
    honoursIfMatch: true,
    useCase: changeSettings,
    toInput: ({ caller, params, details }) => {
      requireTenancy(caller, params("compartmentId"));
      requireNoNetworkSources(details.networkPolicy?.networkSourceIds ?? []);
      return { topic, change: changeOf(details.passwordPolicy ?? {}) };
    },
    present: ({ value }, { params }) => wirePolicy(value, params("compartmentId")),
  }),
];

/** Our names of the wire's members. */
const members = {
  minimumPasswordLength: "minimumLength",
  isUppercaseCharactersRequired: "requiresUppercase",
  isLowercaseCharactersRequired: "requiresLowercase",
  isNumericCharactersRequired: "requiresDigit",
  isSpecialCharactersRequired: "requiresSpecial",
  isUsernameContainmentAllowed: "allowsUserName",
} as const;

function wirePolicy(value: unknown, compartmentId: string) {
  const policy = passwordPolicy.parse(value);
  const named = Object.entries(members).map(([wire, ours]) => [wire, policy[ours]]);
  return {
    compartmentId,
    passwordPolicy: Object.fromEntries(named),
    networkPolicy: { networkSourceIds: [] },
  };
}

/** What is absent keeps its value (identity-api.md 3). */
function changeOf(given: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const named = Object.entries(members).map(([wire, ours]) => [ours, given[wire]] as const);
  return Object.fromEntries(named.filter(([, value]) => value !== undefined));
}

function requireNoNetworkSources(ids: readonly string[]): void {
  if (ids.length > 0)
    throw new AppError(
      "invalid_input",
      "There are no network sources here: leave networkSourceIds empty.",
    );
}
