import { sql } from "drizzle-orm";
import { bigint, check, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

import { createdAt } from "./columns";

/**
 * Signed heads of the audit trail's chain: whoever rewrites the trail cannot make them anew. Append-only like the trail.
 * A `purge` is where the trail begins since what came before ran out of its time.
 */
export const auditCheckpoints = pgTable(
  "audit_checkpoints",
  {
    position: bigint({ mode: "number" }).notNull(),
    purpose: text({ enum: ["head", "purge"] }).notNull(),
    hash: text().notNull(),
    signature: text().notNull(),
    at: createdAt(),
  },
  (table) => [
    primaryKey({ columns: [table.position, table.purpose] }),
    check("audit_checkpoints_purpose", sql`${table.purpose} in ('head', 'purge')`),
  ],
);
