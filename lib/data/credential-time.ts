import "server-only";
import { and, isNull, type SQL, sql } from "drizzle-orm";

import { noticeMoments } from "@/lib/domain/credentials/expiry";
import { durations } from "@/lib/domain/durations";
import { oldAfter } from "@/lib/domain/reports/credential-report";

import { credentials } from "./schema/credentials";

/** When the time of one is up, null for never; in the words of the index. `credentialState` says the same of a row. */
export const dueAt = sql`least(${credentials.retiringUntil}, ${credentials.expiresAt})`;

export const isNotDue = sql`coalesce(${dueAt}, 'infinity') > now()`;

/** Since when its secret is what it is, in the words of the index; `secretMadeAt` says the same of a row. */
export const secretMadeAt = sql`coalesce(${credentials.secretReplacedAt}, ${credentials.createdAt})`;

/** What the report calls old. */
export const isOld = and(
  isNull(credentials.endedAt),
  isNotDue,
  sql`${secretMadeAt} < now() - make_interval(secs => ${oldAfter})`,
);

/** How long an ended one stays listed; then its row goes. For a statement that is written out as well. */
export const endedListing = `make_interval(secs => ${durations.endedListing})`;

/** The first of the moments at which its owner is written to that is still to come. */
export function nextNotice(expiresAt: Date | null): SQL | null {
  if (expiresAt === null) return null;
  const moments = sql.join(
    noticeMoments(expiresAt).map((moment) => sql`(${moment.toISOString()}::timestamptz)`),
    sql`, `,
  );
  return sql`(select min(moment) from (values ${moments}) as moments (moment) where moment > now())`;
}
