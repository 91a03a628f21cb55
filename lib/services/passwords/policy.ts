import "server-only";
import type { Tx } from "@/lib/data/db";
import { findSetting } from "@/lib/data/settings";
import type { PasswordPolicy } from "@/lib/domain/password/criteria";
import { passwordPolicy } from "@/lib/domain/password/policy";

/** The tenancy's rules for console passwords; the defaults where nobody changed them. */
export async function passwordPolicyOf(tx: Tx): Promise<PasswordPolicy> {
  return passwordPolicy.parse((await findSetting(tx, "password-policy")) ?? {});
}
