import { sql } from "drizzle-orm";
import { integer, timestamp } from "drizzle-orm/pg-core";

/** Millisecond instants: what JavaScript can hold and the wire shows, so a value survives the round trip. */
export const instant = () => timestamp({ withTimezone: true, mode: "date", precision: 3 });

export const createdAt = () =>
  instant()
    .notNull()
    .default(sql`now()`);

/** Counts changes of a row; the etag of the Identity API is made from it. */
export const version = () => integer().notNull().default(1);
