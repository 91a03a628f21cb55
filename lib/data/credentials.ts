import "server-only";
import { and, eq, getTableColumns, isNull, or, type SQL, sql } from "drizzle-orm";

import type { Credential, EndedReason } from "@/lib/domain/credentials/present";
import { durations } from "@/lib/domain/durations";
import { AppError } from "@/lib/domain/errors";
import type { Named } from "@/lib/domain/policy";

import { endedListing, isNotDue, nextNotice } from "./credential-time";
import { type Database, hotRows, type Tx } from "./db";
import { violatedConstraint } from "./problems";
import { credentials } from "./schema/credentials";

/** What the data layer hands out of a row: no verifier, no sealed secret. */
const {
  verifier: _verifier,
  sealedSecret: _sealedSecret,
  publicIdScope: _scope,
  noticeAt: _noticeAt,
  ...columns
} = getTableColumns(credentials);
export { columns as credentialColumns };

/** A row as selected: an owner without credentials is one row whose `id` is null. */
type OwnedRow = { ownerName: string; now: Date } & (Credential | { id: null; ownerId: string });

/**
 * An owner together with their credentials of a kind, oldest first, in one statement: ended ones for as long as they
 * are listed. `now` is database time.
 */
export function findOwnerWithCredentials(
  db: Database,
  ownerId: string,
  kind: string,
): Promise<OwnerWithCredentials | undefined> {
  return hotRows(db, ownerStatement, [ownerId, kind], ownedOf);
}

type OwnerWithCredentials = { owner: Named; credentials: Credential[]; now: Date };

function ownedOf(rows: OwnedRow[]): OwnerWithCredentials | undefined {
  const [first] = rows;
  if (!first) return undefined;
  return {
    owner: { id: first.ownerId, name: first.ownerName },
    credentials: rows.flatMap((row) => (row.id === null ? [] : [row])),
    now: first.now,
  };
}

export const ownerStatement = {
  name: "find_owner_with_credentials",
  text: `select u.id as "ownerId", u.name as "ownerName", now() as now, c.id, c.kind,
      c.public_id as "publicId", c.details, c.created_at as "createdAt", c.created_by as "createdBy",
      c.created_by_name as "createdByName", c.secret_replaced_at as "secretReplacedAt",
      c.expires_at as "expiresAt", c.disabled_at as "disabledAt", c.replaced_by_id as "replacedById",
      c.replaced_at as "replacedAt", c.retiring_until as "retiringUntil",
      c.last_used_at as "lastUsedAt", c.last_used_address as "lastUsedAddress",
      c.last_used_client as "lastUsedClient", c.ended_at as "endedAt",
      c.ended_reason as "endedReason", c.ended_by_name as "endedByName", c.version
    from users u
    left join credentials c on c.owner_id = u.id and c.kind = $2
      and (c.ended_at is null or c.ended_at > now() - ${endedListing})
    where u.id = $1 order by c.created_at, c.id`,
};

/** In SQL what `takesPlace` says of a view. */
export const takesPlace = and(
  isNull(credentials.endedAt),
  isNull(credentials.replacedById),
  isNotDue,
);

export interface NewCredential extends Partial<LastUseColumns> {
  id: string;
  kind: string;
  ownerId: string;
  publicId: string;
  publicIdScope: "owner" | "global";
  details: unknown;
  verifier: string | null;
  sealedSecret: string | null;
  createdAt?: Date;
  createdBy: string | null;
  createdByName: string | null;
  secretReplacedAt?: Date | null;
  expiresAt: Date | null;
  disabledAt?: Date | null;
}

/** Throws `already_exists` when the owner already has this public id (the same API key twice). */
export async function insertCredential(tx: Tx, credential: NewCredential): Promise<Credential> {
  try {
    const values = { ...credential, noticeAt: nextNotice(credential.expiresAt) };
    const [made] = await tx.insert(credentials).values(values).returning(columns);
    if (!made) throw new Error("The insert of a credential returned nothing.");
    return made;
  } catch (error) {
    if (violatedConstraint(error) === "credentials_public_id_of_owner") {
      const message = `This user already has this key (fingerprint ${credential.publicId}).`;
      throw new AppError("already_exists", message, { fields: { key: message } });
    }
    throw error;
  }
}

/** One that has not ended, within its owner, by its OCID or its public id; `now` is database time. */
export async function findCredential(
  tx: Tx,
  ownerId: string,
  kind: string,
  locator: { id: string } | { publicId: string },
): Promise<{ credential: Credential; now: Date } | undefined> {
  const named =
    "id" in locator ? eq(credentials.id, locator.id) : eq(credentials.publicId, locator.publicId);
  const [found] = await tx
    .select({ credential: columns, now: sql<string>`now()` })
    .from(credentials)
    .where(
      and(
        eq(credentials.ownerId, ownerId),
        eq(credentials.kind, kind),
        named,
        isNull(credentials.endedAt),
      ),
    );
  return found && { credential: found.credential, now: new Date(found.now) };
}

/** With an expiry come the moments at which its owner is written to. */
export function updateCredentialRow(
  tx: Tx,
  ownerId: string,
  id: string,
  { details, expiresAt }: { details: unknown; expiresAt: Date | null | undefined },
): Promise<Credential> {
  const time = expiresAt === undefined ? {} : { expiresAt, noticeAt: nextNotice(expiresAt) };
  return changeCredential(tx, ownerId, id, { details, ...time });
}

export function setCredentialDisabled(
  tx: Tx,
  ownerId: string,
  id: string,
  isDisabled: boolean,
): Promise<Credential> {
  return changeCredential(tx, ownerId, id, { disabledAt: isDisabled ? sql`now()` : null });
}

/** Replaced by another: it goes on opening until then, and no longer counts. */
export function retireCredential(
  tx: Tx,
  ownerId: string,
  id: string,
  { replacedById, at, until }: { replacedById: string; at: Date; until: Date },
): Promise<Credential> {
  const changes = { replacedById, replacedAt: at, retiringUntil: until, noticeAt: null };
  return changeCredential(tx, ownerId, id, changes);
}

/** The living one that this one replaced. */
export async function findPredecessor(tx: Tx, id: string): Promise<Credential | undefined> {
  const [found] = await tx
    .select(columns)
    .from(credentials)
    .where(and(eq(credentials.replacedById, id), isNull(credentials.endedAt)));
  return found;
}

/**
 * Gives a credential another verifier. Nobody has used the new secret yet: the last use goes to the old one, which is
 * handed back with the old verifier.
 */
export async function replaceVerifier(
  tx: Tx,
  ownerId: string,
  id: string,
  { verifier, details }: { verifier: string; details: unknown },
): Promise<{ credential: Credential; old: { verifier: string | null } & LastUseColumns }> {
  const [old] = await tx
    .select({
      verifier: credentials.verifier,
      lastUsedAt: credentials.lastUsedAt,
      lastUsedAddress: credentials.lastUsedAddress,
      lastUsedClient: credentials.lastUsedClient,
    })
    .from(credentials)
    .where(eq(credentials.id, id));
  if (!old) throw new Error("A credential vanished under its owner's lock.");
  const neverUsed = { lastUsedAt: null, lastUsedAddress: null, lastUsedClient: null };
  const credential = await changeCredential(tx, ownerId, id, {
    verifier,
    details,
    secretReplacedAt: sql`now()`,
    ...neverUsed,
  });
  return { credential, old };
}

type LastUseColumns = Pick<Credential, "lastUsedAt" | "lastUsedAddress" | "lastUsedClient">;

/** Under the owner's lock, in which it was found. */
async function changeCredential(
  tx: Tx,
  ownerId: string,
  id: string,
  changes: CredentialChanges,
): Promise<Credential> {
  const [changed] = await tx
    .update(credentials)
    .set({ ...changes, version: sql`${credentials.version} + 1` })
    .where(and(eq(credentials.id, id), eq(credentials.ownerId, ownerId)))
    .returning(columns);
  if (!changed) throw new Error("A credential vanished under its owner's lock.");
  return changed;
}

type CredentialChanges = {
  [Name in keyof typeof credentials.$inferInsert]?: (typeof credentials.$inferInsert)[Name] | SQL;
};

/**
 * Ends one: the row stays as a tombstone, what opened the door goes. One that it had replaced and that still lives
 * takes its place.
 */
export async function endCredential(
  tx: Tx,
  ownerId: string,
  id: string,
  end: { reason: EndedReason; byName: string | null },
): Promise<void> {
  await tx
    .update(credentials)
    .set({ replacedById: null })
    .where(and(eq(credentials.replacedById, id), isNull(credentials.endedAt)));
  await tx
    .update(credentials)
    .set({
      endedAt: sql`now()`,
      endedReason: end.reason,
      endedByName: end.byName,
      verifier: null,
      sealedSecret: null,
      version: sql`${credentials.version} + 1`,
    })
    .where(and(eq(credentials.id, id), eq(credentials.ownerId, ownerId)));
}

export interface LastUse {
  id: string;
  at: Date;
  address: string;
  client: string;
}

/**
 * Written by the recorder in batches, never on the hot path; an older instant never overwrites a newer one, and within
 * a minute of the last one, whichever server wrote that, nothing is written. A secret that was replaced in its place
 * since it was used took its last use along into its own row.
 */
export async function recordLastUse(tx: Tx, use: LastUse): Promise<void> {
  const at = sql`${use.at.toISOString()}::timestamptz`;
  const replacedSince = sql`(select old.id from credentials old
    where old.replaced_by_id = ${use.id} and old.ended_at is null and old.replaced_at > ${at})`;
  await tx
    .update(credentials)
    .set({ lastUsedAt: use.at, lastUsedAddress: use.address, lastUsedClient: use.client })
    .where(
      and(
        eq(credentials.id, sql`coalesce(${replacedSince}, ${use.id})`),
        or(
          isNull(credentials.lastUsedAt),
          sql`${credentials.lastUsedAt} <= ${at}
            - make_interval(secs => ${durations.lastUsePrecision})`,
        ),
      ),
    );
}
