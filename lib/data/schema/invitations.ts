import { pgTable, text } from "drizzle-orm/pg-core";

import { createdAt, instant } from "./columns";
import { users } from "./users";

/** A user has one at most: a newer one takes the older one's place. The mail alone holds the token. */
export const invitations = pgTable("invitations", {
  userId: text()
    .primaryKey()
    .references(() => users.id, { onDelete: "cascade" }),
  tokenHash: text().notNull().unique("invitations_token_hash"),
  /** The address that it went to: it is void once the user has another. */
  emailKey: text().notNull(),
  expiresAt: instant().notNull(),
  createdAt: createdAt(),
});
