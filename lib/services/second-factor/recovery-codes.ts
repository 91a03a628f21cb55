import "server-only";
import { runtime } from "@/lib/config/runtime";
import type { Tx } from "@/lib/data/db";
import { replaceRecoveryCodes } from "@/lib/data/recovery-codes";
import {
  recoveryCode,
  recoveryCodeBytes,
  recoveryCodeCount,
  typedRecoveryCode,
} from "@/lib/domain/second-factor/recovery";
import { deriveKey } from "@/lib/secrets/derive";
import { hashSecret } from "@/lib/secrets/hash-secret";
import { random } from "@/lib/secrets/random";

/** New recovery codes in the place of the former ones. They are in the result and nowhere else. */
export async function giveRecoveryCodes(tx: Tx, userId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, () =>
    recoveryCode(random(recoveryCodeBytes)),
  );
  await replaceRecoveryCodes(
    tx,
    userId,
    codes.flatMap((code) => recoveryCodeVerifier(code) ?? []),
  );
  return codes;
}

/** What is stored of a code; undefined for what is no such code. */
export function recoveryCodeVerifier(typed: string): string | undefined {
  const code = typedRecoveryCode(typed);
  return code && hashSecret(deriveKey(runtime().rootKey, "recovery-code"), code);
}
