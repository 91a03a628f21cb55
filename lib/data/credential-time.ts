import "server-only";
import { sql } from "drizzle-orm";

import { durations } from "@/lib/domain/durations";

import { credentials } from "./schema/credentials";

/** When the time of one is up, null for never; in the words of the index. `credentialState` says the same of a row. */
export const dueAt = sql`least(${credentials.retiringUntil}, ${credentials.expiresAt})`;

export const isNotDue = sql`coalesce(${dueAt}, 'infinity') > now()`;

/** How long an ended one stays listed; then its row goes. For a statement that is written out as well. */
export const endedListing = `make_interval(secs => ${durations.endedListing})`;
