import { index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

import { createdAt, instant } from "./columns";

/** Answers of creating requests by `opc-retry-token` (identity-api.md 5.3). `sealedReply` is opened only for a repeat. */
export const retryTokens = pgTable(
  "retry_tokens",
  {
    callerId: text().notNull(),
    operation: text().notNull(),
    token: text().notNull(),
    bodyHash: text().notNull(),
    subjectType: text(),
    subjectId: text(),
    sealedReply: text(),
    secretUntil: instant(),
    createdAt: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.callerId, table.operation, table.token] }),
    index("retry_tokens_by_time").on(table.createdAt),
  ],
);

/** Signatures of mutating requests already seen: a repeat has no effect (decisions.md 4). */
export const seenSignatures = pgTable(
  "seen_signatures",
  { hash: text().primaryKey(), seenAt: createdAt() },
  (table) => [index("seen_signatures_by_time").on(table.seenAt)],
);

/** Fixed-window counters shared by every process. */
export const rateLimits = pgTable(
  "rate_limits",
  { bucket: text().primaryKey(), windowEndsAt: instant().notNull(), used: integer().notNull() },
  (table) => [index("rate_limits_by_end").on(table.windowEndsAt)],
);
