import "server-only";
import { asc, desc, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";

export interface PageRequest {
  limit: number;
  sortBy: "TIMECREATED" | "NAME";
  sortOrder: "ASC" | "DESC";
  /** The last row of the page before: its sort value and id, and the part of the list that it was of, if it has parts. */
  after?: { value: string; id: string; part?: string } | undefined;
}

/** The columns that a list is sorted by: names whatever their case, by the key that an index has. */
interface KeysetColumns {
  readonly id: PgColumn;
  readonly nameKey: PgColumn;
  readonly createdAt: PgColumn;
}

/** The order of a page, and the condition for what comes after the page before. */
export function keyset(
  { after, sortBy, sortOrder }: PageRequest,
  { id, nameKey, createdAt }: KeysetColumns,
): { beyond: SQL | undefined; order: SQL[] } {
  const direction = sortOrder === "ASC" ? asc : desc;
  const column = sortBy === "NAME" ? nameKey : createdAt;
  const order = [direction(column), direction(id)];
  if (!after) return { beyond: undefined, order };
  const value = sortBy === "NAME" ? after.value.toLowerCase() : sql`${after.value}::timestamptz`;
  const past = sortOrder === "ASC" ? sql`>` : sql`<`;
  return { beyond: sql`(${column}, ${id}) ${past} (${value}, ${after.id})`, order };
}

/** A text as a part of a pattern, which stands for nothing but itself. */
export const literally = (text: string) => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** A pattern for texts that hold this one. */
export const partOf = (text: string) => `%${literally(text)}%`;
