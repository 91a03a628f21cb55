import { sql } from "drizzle-orm";
import { check, jsonb, pgTable, text } from "drizzle-orm/pg-core";

import { createdAt, instant } from "./columns";

/** The keys that sign access tokens. The id is the thumbprint of the public half; the private half is sealed. */
export const oauthSigningKeys = pgTable(
  "oauth_signing_keys",
  {
    id: text().primaryKey(),
    algorithm: text({ enum: ["RS256", "ES256"] }).notNull(),
    publicKey: jsonb().notNull(),
    sealedPrivateKey: text().notNull(),
    signsFrom: instant().notNull(),
    signsUntil: instant().notNull(),
    publishedUntil: instant().notNull(),
    createdAt: createdAt(),
  },
  (table) => [check("oauth_signing_keys_algorithm", sql`${table.algorithm} in ('RS256', 'ES256')`)],
);
