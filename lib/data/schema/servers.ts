import { index, pgTable, text } from "drizzle-orm/pg-core";

import { createdAt } from "./columns";

/** The processes that serve at this moment; one that was not seen for a while is gone. */
export const servers = pgTable(
  "servers",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    masterKeyIds: text().array().notNull(),
    startedAt: createdAt(),
    seenAt: createdAt(),
  },
  (table) => [index("servers_by_seen").on(table.seenAt)],
);
