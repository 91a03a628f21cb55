import { pgTable, text } from "drizzle-orm/pg-core";

import { createdAt, instant } from "./columns";
import { users } from "./users";

/**
 * Links that went to a user's address and work once. A user has one of a sort at most: a newer one takes the older one's
 * place. The mail alone holds the token.
 */
export function mailedLinkTable(name: string) {
  return pgTable(name, {
    userId: text()
      .primaryKey()
      .references(() => users.id, { onDelete: "cascade" }),
    tokenHash: text().notNull().unique(`${name}_token_hash`),
    /** The address that it went to: it is void once the user has another. */
    emailKey: text().notNull(),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
  });
}

export type MailedLinkTable = ReturnType<typeof mailedLinkTable>;
