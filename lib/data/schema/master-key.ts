import { boolean, check, pgTable, text } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";

import { createdAt, instant } from "./columns";

/**
 * One row: which master key is in force, never the key itself. `previousId` is set while something may still be sealed
 * with the key before it.
 */
export const masterKey = pgTable(
  "master_key",
  {
    isOnly: boolean().primaryKey().default(true),
    currentId: text().notNull(),
    previousId: text(),
    sealedRootKey: text().notNull(),
    since: createdAt(),
    rotatedAt: instant(),
  },
  (table) => [check("master_key_is_only", sql`${table.isOnly}`)],
);
