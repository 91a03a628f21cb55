import "server-only";
import { z } from "zod";

import { insertAuditEvent } from "@/lib/data/audit";
import { transaction } from "@/lib/data/db";
import { findLinked, takeLink } from "@/lib/data/mailed-links";
import { lockUser } from "@/lib/data/users";
import type { RequestOrigin } from "@/lib/domain/caller";
import { parseInput } from "@/lib/domain/credentials/kind";
import { AppError } from "@/lib/domain/errors";

import { eventWithoutCaller } from "../audit/record";
import { hashLinkToken } from "../mailed-links/token";
import { proveAddress } from "./prove-address";

const input = z.strictObject({ token: z.string().max(200) });

/**
 * Notes an address as confirmed by the token of the mail that went there, once. Nobody is signed in by it. Throws the
 * same `invalid_input` for a token that is unknown, used, expired or void.
 */
export async function confirmEmail(
  origin: RequestOrigin,
  raw: unknown,
): Promise<{ userName: string }> {
  const tokenHash = hashLinkToken("email-confirmation", parseInput(input, raw).token);
  return transaction(async (tx) => {
    const found = await findLinked(tx, "email-confirmation", tokenHash);
    const user = found && (await lockUser(tx, found.id));
    if (!user) throw over();
    const userId = user.id;
    if (!(await takeLink(tx, "email-confirmation", { userId, tokenHash }))) throw over();
    await proveAddress(tx, user);
    const owner = { id: user.id, name: user.name };
    const event = { action: "confirmEmail", outcome: "done", via: "mail" } as const;
    const note = { owner, subject: { type: "user", ...owner } };
    await insertAuditEvent(tx, eventWithoutCaller(origin, { ...event, ...note }));
    return { userName: user.name };
  });
}

function over(): AppError {
  return new AppError(
    "invalid_input",
    "This link does not work, or not any more. It works once, within 24 hours, and for the latest address alone. “Resend” under Details sends another.",
  );
}
