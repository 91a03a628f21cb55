import "server-only";
import { randomUUID } from "node:crypto";
import { z } from "zod";

import { transaction } from "@/lib/data/db";
import { insertMail } from "@/lib/data/mails";
import { takeFromBucket } from "@/lib/data/rate-limits";
import type { RequestOrigin } from "@/lib/domain/caller";
import { parseInput } from "@/lib/domain/credentials/kind";
import { AppError } from "@/lib/domain/errors";
import { type LeakReport, leakReportTemplate } from "@/lib/domain/leaks/leak-report";
import { privateKeysIn, secretsIn } from "@/lib/domain/leaks/secrets-in";
import { oneLine } from "@/lib/domain/mail/letter";
import { sourceOf } from "@/lib/domain/source-address";
import { publicDigestOf } from "@/lib/secrets/private-key";

import { secretVerifier } from "../credentials/secret-verifier";
import { wakeMailWorkers } from "../mail/wake";

const longestReport = 60_000;

const input = z.strictObject({
  text: z
    .string()
    .max(longestReport, `Send at most ${longestReport} characters.`)
    .refine((text) => text.trim() !== "", "Enter what you found."),
});

/**
 * Takes what anybody found: a secret, a private key, or a text with some in it. Does the same whatever it is: it queues
 * their verifiers, and whether one is real is the worker's affair. Throws `rate_limited` by source.
 */
export async function reportLeak(origin: RequestOrigin, raw: unknown): Promise<void> {
  const { text } = parseInput(input, raw);
  const { requestId, address, client } = origin;
  const values: LeakReport = {
    verifiers: secretsIn(text).map(secretVerifier),
    keyDigests: privateKeysIn(text).flatMap((pem) => publicDigestOf(pem) ?? []),
    origin: { requestId, address, client: oneLine(client) },
  };
  await transaction(async (tx) => {
    const source = await takeFromBucket(tx, {
      ...bySource,
      bucket: `report-leak:source:${sourceOf(address)}`,
    });
    if (!source.allowed)
      throw new AppError(
        "rate_limited",
        "Too many reports came from your address. Try again later.",
        { retryAfterSeconds: source.retryAfterSeconds },
      );
    await insertMail(tx, {
      id: randomUUID(),
      template: leakReportTemplate,
      userId: null,
      recipient: "",
      values,
      sealedValues: null,
      lifetimeSeconds: null,
    });
  });
  wakeMailWorkers();
}

const bySource = { limit: 30, windowSeconds: 3600 };
