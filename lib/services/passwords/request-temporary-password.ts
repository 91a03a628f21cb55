import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";

import { transaction } from "@/lib/data/db";
import { insertMail } from "@/lib/data/mails";
import { takeFromBucket } from "@/lib/data/rate-limits";
import type { RequestOrigin } from "@/lib/domain/caller";
import { parseInput } from "@/lib/domain/credentials/kind";
import { sourceOf } from "@/lib/domain/source-address";
import { durations } from "@/lib/domain/durations";
import { AppError } from "@/lib/domain/errors";
import { type PasswordRequest, passwordRequestTemplate } from "@/lib/domain/mail/password-request";
import { oneLine } from "@/lib/domain/mail/letter";
import { userName, userNameKey } from "@/lib/domain/users/user-name";
import { wakeMailWorkers } from "@/lib/services/mail/wake";

const input = z.object({
  userName: z.string().min(1, "Enter your user name.").max(1000, "This is not a user name."),
});

/**
 * Asks for a temporary password by mail. Does the same for every name, known or not: it queues a request, and whether
 * a mail follows is the worker's affair. Nothing about the user changes here. Throws `rate_limited` by source only;
 * too many requests for one name are dropped silently.
 */
export async function requestTemporaryPassword(origin: RequestOrigin, raw: unknown): Promise<void> {
  const nameKey = keyOf(parseInput(input, raw).userName);
  await transaction(async (tx) => {
    const source = await takeFromBucket(tx, {
      ...bySource,
      bucket: `forgot-password:source:${sourceOf(origin.address)}`,
    });
    if (!source.allowed) throw tooManyRequests(source.retryAfterSeconds);
    const name = await takeFromBucket(tx, { ...byName, bucket: `forgot-password:name:${nameKey}` });
    if (!name.allowed) return;
    const { requestId, address, client } = origin;
    const values: PasswordRequest = {
      nameKey,
      origin: { requestId, address, client: oneLine(client) },
    };
    await insertMail(tx, {
      id: randomUUID(),
      template: passwordRequestTemplate,
      userId: null,
      recipient: "",
      values,
      sealedValues: null,
      lifetimeSeconds: durations.temporaryPassword,
    });
  });
  wakeMailWorkers();
}

const hourSeconds = 3600;
const bySource = { limit: 10, windowSeconds: hourSeconds };
const byName = { limit: 3, windowSeconds: hourSeconds };

/** What cannot be a name is looked up as one that nobody has, and may be anything: it is not kept. */
function keyOf(typed: string): string {
  const parsed = userName.safeParse(typed);
  return parsed.success ? userNameKey(parsed.data) : "?";
}

function tooManyRequests(retryAfterSeconds: number): AppError {
  return new AppError(
    "rate_limited",
    "Too many requests came from your address. Try again later.",
    { retryAfterSeconds },
  );
}
