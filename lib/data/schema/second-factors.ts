import { bigint, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

import { createdAt, instant, version } from "./columns";
import { users } from "./users";

/** An authenticator app, one a user. It asks for nothing until it is activated. */
export const totpDevices = pgTable("totp_devices", {
  id: text().primaryKey(),
  userId: text()
    .notNull()
    .unique("totp_devices_user")
    .references(() => users.id, { onDelete: "cascade" }),
  sealedSeed: text().notNull(),
  activatedAt: instant(),
  /** The time step of the last code that was right: neither it nor an earlier one opens anything again. */
  usedStep: bigint({ mode: "number" }),
  version: version(),
  createdAt: createdAt(),
});

/** The other way in for whoever lost the app. A code goes when it is used. */
export const recoveryCodes = pgTable(
  "recovery_codes",
  {
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    verifier: text().notNull(),
    createdAt: createdAt(),
  },
  (table) => [primaryKey({ columns: [table.userId, table.verifier] })],
);
