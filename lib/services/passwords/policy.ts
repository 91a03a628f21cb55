import "server-only";
import type { Tx } from "@/lib/data/db";
import type { PasswordPolicy } from "@/lib/domain/password/criteria";

import { settingsOf } from "../settings/stored";

/** The tenancy's rules for console passwords; the defaults where nobody changed them. */
export function passwordPolicyOf(tx: Tx): Promise<PasswordPolicy> {
  return settingsOf(tx, "password-policy");
}
