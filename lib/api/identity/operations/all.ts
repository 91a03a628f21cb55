import type { Operation } from "../operation";
import { authenticationPolicyOperations } from "./authentication-policy";
import { consolePasswordOperations } from "./console-passwords";
import { credentialOperations } from "./credentials";
import { compartmentOperations } from "./compartments";
import { groupOperations } from "./groups";
import { membershipOperations } from "./memberships";
import { policyOperations } from "./policies";
import { reportOperations } from "./reports";
import { tenancyOperations } from "./tenancy";
import { totpDeviceOperations } from "./totp-devices";
import { userOperations } from "./users";

/** The one list of operations: routes, OpenAPI and the authorisation matrix are made from it. */
export const identityOperations: readonly Operation[] = [
  ...userOperations,
  ...consolePasswordOperations,
  ...credentialOperations,
  ...totpDeviceOperations,
  ...groupOperations,
  ...membershipOperations,
  ...authenticationPolicyOperations,
  ...policyOperations,
  ...tenancyOperations,
  ...compartmentOperations,
  ...reportOperations,
];
