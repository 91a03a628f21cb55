import { bigint, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";

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
  /** Wrong codes since the last right one: a password that goes on being right elsewhere does not forgive them. */
  failed: integer().notNull().default(0),
  version: version(),
  createdAt: createdAt(),
});

/**
 * Sign-ins whose password was right and whose code is still to come. They are no sessions and open nothing. `passwordSetAt`
 * and `slot` say which password it was.
 */
export const signInSteps = pgTable(
  "sign_in_steps",
  {
    tokenHash: text().primaryKey(),
    userId: text()
      .notNull()
      .references(() => users.id, { onDelete: "cascade" }),
    slot: text({ enum: ["main", "temporary"] }).notNull(),
    passwordSetAt: instant().notNull(),
    expiresAt: instant().notNull(),
    createdAt: createdAt(),
  },
  (table) => [index("sign_in_steps_by_user").on(table.userId)],
);

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
