import { index, pgTable, text } from "drizzle-orm/pg-core";

import { createdAt, instant } from "./columns";

/** Access tokens that were given back before their time, until that time has come. */
export const oauthRevokedTokens = pgTable(
  "oauth_revoked_tokens",
  {
    id: text().primaryKey(),
    clientId: text().notNull(),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("oauth_revoked_tokens_by_expiry").on(table.expiresAt)],
);
