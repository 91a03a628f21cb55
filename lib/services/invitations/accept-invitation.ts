import "server-only";
import { z } from "zod";

import { insertAuditEvent } from "@/lib/data/audit";
import { reading, transaction } from "@/lib/data/db";
import { findLinked, takeLink } from "@/lib/data/mailed-links";
import { lockUser } from "@/lib/data/users";
import type { RequestOrigin } from "@/lib/domain/caller";
import { parseInput } from "@/lib/domain/credentials/kind";
import { AppError } from "@/lib/domain/errors";

import { eventWithoutCaller } from "../audit/record";
import { proveAddress } from "../email-confirmations/prove-address";
import { hashLinkToken } from "../mailed-links/token";
import { mintOneTimePassword, setOneTimePassword } from "../passwords/one-time-password";
import { passwordAddressOf } from "../passwords/password-address";
import { passwordPolicyOf } from "../passwords/policy";

const input = z.strictObject({ token: z.string().max(200) });

/**
 * Turns the token of a mailed invitation into a one-time password, once: it is in the result and nowhere else. Nobody is
 * signed in by it. Throws the same `invalid_input` for a token that is unknown, used, expired or void.
 */
export async function acceptInvitation(
  origin: RequestOrigin,
  raw: unknown,
): Promise<{ userName: string; secret: string }> {
  const tokenHash = hashLinkToken("invitation", parseInput(input, raw).token);
  const found = await reading(async (tx) => ({
    invited: await findLinked(tx, "invitation", tokenHash),
    policy: await passwordPolicyOf(tx),
  }));
  const { invited, policy } = found;
  if (!invited) throw over();
  // Before any lock is taken: hashing is slow on purpose.
  const { secret, verifier } = await mintOneTimePassword(policy, invited.name);
  return transaction(async (tx) => {
    const user = await lockUser(tx, invited.id);
    if (!user || passwordAddressOf(user) === undefined) throw over();
    if (!(await takeLink(tx, "invitation", { userId: user.id, tokenHash }))) throw over();
    // Whoever has the token reads the mails of that address.
    await proveAddress(tx, user);
    await setOneTimePassword(tx, user.id, { verifier, createdByName: user.name });
    const owner = { id: user.id, name: user.name };
    const event = { action: "acceptInvitation", outcome: "done", via: "mail" } as const;
    const note = { owner, subject: { type: "user", ...owner } };
    await insertAuditEvent(tx, eventWithoutCaller(origin, { ...event, ...note }));
    return { userName: user.name, secret };
  });
}

function over(): AppError {
  return new AppError(
    "invalid_input",
    "This link does not work, or not any more. It works once, within 7 days, and a newer one takes its place. Ask an administrator for another.",
  );
}
