import "server-only";
import { and, asc, count, eq, type GetColumnData, isNotNull, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

import {
  credentialPlace,
  mailPlace,
  retryPlace,
  type SealedPlace,
  signingKeyPlace,
  totpPlace,
} from "@/lib/domain/sealed-place";

import type { Tx } from "./db";
import { credentials } from "./schema/credentials";
import { mails } from "./schema/mails";
import { oauthSigningKeys } from "./schema/oauth-signing-keys";
import { retryTokens } from "./schema/requests";
import { totpDevices } from "./schema/second-factors";

/** The sealed value of one row. */
export interface SealedValue {
  readonly sealed: string;
  readonly place: SealedPlace;
  /** The row's key: where to go on behind it. */
  readonly cursor: readonly unknown[];
  save(tx: Tx, resealed: string): Promise<unknown>;
}

interface Walk {
  /** Values that begin so are sealed with the right master key, and passed over. */
  readonly prefix: string;
  readonly tenancyId: string;
  readonly after: readonly unknown[] | undefined;
  readonly most: number;
}

/** A column of sealed values, whatever its table. */
export interface SealedColumn {
  readonly name: string;
  /** How many values do not begin so. */
  countOthers(tx: Tx, prefix: string): Promise<number>;
  /**
   * Values sealed with another master key, locked, in the order of their keys. Rows that somebody else has locked are
   * passed over: whoever waits for no lock is in no deadlock.
   */
  lockOthers(tx: Tx, walk: Walk): Promise<SealedValue[]>;
}

/** Every column of sealed values. What is sealed elsewhere is lost when the master key is rotated. */
export const sealedColumns: readonly SealedColumn[] = [
  sealedColumn({
    name: "credentials.sealed_secret",
    table: credentials,
    column: credentials.sealedSecret,
    key: ["id"],
    fields: { id: credentials.id, ownerId: credentials.ownerId, kind: credentials.kind },
    place: credentialPlace,
    save: (tx, { id }, sealedSecret) =>
      tx.update(credentials).set({ sealedSecret }).where(eq(credentials.id, id)),
  }),
  sealedColumn({
    name: "retry_tokens.sealed_reply",
    table: retryTokens,
    column: retryTokens.sealedReply,
    key: ["callerId", "operation", "token"],
    fields: {
      callerId: retryTokens.callerId,
      operation: retryTokens.operation,
      token: retryTokens.token,
    },
    place: retryPlace,
    save: (tx, key, sealedReply) => saveReply(tx, key, sealedReply),
  }),
  sealedColumn({
    name: "mails.sealed_values",
    table: mails,
    column: mails.sealedValues,
    key: ["id"],
    fields: { id: mails.id, userId: mails.userId },
    place: mailPlace,
    save: (tx, { id }, sealedValues) =>
      tx.update(mails).set({ sealedValues }).where(eq(mails.id, id)),
  }),
  sealedColumn({
    name: "oauth_signing_keys.sealed_private_key",
    table: oauthSigningKeys,
    column: oauthSigningKeys.sealedPrivateKey,
    key: ["id"],
    fields: { id: oauthSigningKeys.id },
    place: signingKeyPlace,
    save: (tx, { id }, sealedPrivateKey) =>
      tx.update(oauthSigningKeys).set({ sealedPrivateKey }).where(eq(oauthSigningKeys.id, id)),
  }),
  sealedColumn({
    name: "totp_devices.sealed_seed",
    table: totpDevices,
    column: totpDevices.sealedSeed,
    key: ["id"],
    fields: { id: totpDevices.id, userId: totpDevices.userId },
    place: totpPlace,
    save: (tx, { id }, sealedSeed) =>
      tx.update(totpDevices).set({ sealedSeed }).where(eq(totpDevices.id, id)),
  }),
];

function saveReply(
  tx: Tx,
  key: { callerId: string; operation: string; token: string },
  sealedReply: string,
): Promise<unknown> {
  const { callerId, operation, token } = retryTokens;
  const isRow = and(eq(callerId, key.callerId), eq(operation, key.operation), eq(token, key.token));
  return tx.update(retryTokens).set({ sealedReply }).where(isRow);
}

type Fields = Record<string, PgColumn>;
type Row<F extends Fields> = { [Name in keyof F]: GetColumnData<F[Name]> };

interface Definition<F extends Fields> {
  readonly name: string;
  readonly table: PgTable;
  readonly column: PgColumn;
  /** The members of `fields` that are the primary key, in its order. */
  readonly key: readonly (keyof F & string)[];
  /** What the place is made of, and the primary key. */
  readonly fields: F;
  readonly place: (tenancyId: string, row: Row<F>) => SealedPlace;
  readonly save: (tx: Tx, row: Row<F>, sealed: string) => PromiseLike<unknown>;
}

/** Closes over the types of a row, so that columns of different tables can stand in one list. */
function sealedColumn<F extends Fields>(definition: Definition<F>): SealedColumn {
  const { name, table, column, key, fields, place, save } = definition;
  const keyColumns = key.map((member) => sql`${fields[member]}`);
  const behind = (values: readonly unknown[]) =>
    sql`(${sql.join(keyColumns, sql`, `)}) > (${sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    )})`;
  const isOther = (prefix: string) =>
    and(isNotNull(column), sql`not starts_with(${column}, ${prefix})`);
  return {
    name,
    countOthers: async (tx, prefix) => {
      const [row] = await tx.select({ count: count() }).from(table).where(isOther(prefix));
      return row?.count ?? 0;
    },
    lockOthers: async (tx, { prefix, tenancyId, after, most }) => {
      const rows = await tx
        .select({ sealed: column, ...fields })
        .from(table)
        .where(and(isOther(prefix), after && behind(after)))
        .orderBy(...keyColumns.map((member) => asc(member)))
        .limit(most)
        .for("update", { skipLocked: true });
      return rows.map((selected) => {
        const row = asRow<F>(selected);
        return {
          sealed: String(selected["sealed"]),
          place: place(tenancyId, row),
          cursor: key.map((member) => row[member]),
          save: async (on, resealed) => save(on, row, resealed),
        };
      });
    },
  };
}

/** `fields` was what was selected, so these are its members; Drizzle's types do not follow a type parameter. */
function asRow<F extends Fields>(selected: Record<string, unknown>): Row<F> {
  return selected as Row<F>;
}
