import "server-only";
import { z } from "zod";

import type { PageRequest } from "@/lib/data/keyset";
import type { Caller } from "@/lib/domain/caller";
import { AppError } from "@/lib/domain/errors";
import {
  type CursorFilter,
  decodeCursor,
  defaultPageSize,
  encodeCursor,
  largestPageSize,
} from "@/lib/domain/paging";

/** What a caller may ask of a paged list (identity-api.md 5.1, 5.2). */
export const pageFields = {
  limit: z.coerce.number().int().min(1).max(largestPageSize).optional(),
  page: z.string().max(512).optional(),
};

export const sortFields = {
  sortBy: z.enum(["TIMECREATED", "NAME"]).optional(),
  sortOrder: z.enum(["ASC", "DESC"]).optional(),
};

interface PageInput {
  limit?: number | undefined;
  page?: string | undefined;
  sortBy?: "TIMECREATED" | "NAME" | undefined;
  sortOrder?: "ASC" | "DESC" | undefined;
}

export interface Page<Item> {
  readonly items: Item[];
  /** Present only when there is more. */
  readonly nextPage: string | null;
}

/** A list's page as the data layer wants it. Without a sort the oldest comes first; a cursor fits one list and caller. */
export function pageRequest(
  input: PageInput,
  filter: CursorFilter,
  caller: Caller,
): PageRequest & { seal: CursorFilter } {
  const sortBy = input.sortBy ?? "TIMECREATED";
  const sortOrder = input.sortOrder ?? (input.sortBy === "TIMECREATED" ? "DESC" : "ASC");
  const seal = { ...filter, caller: caller.userId, sortBy, sortOrder };
  const [value, id, part] = input.page === undefined ? [] : decodeCursor(input.page, seal);
  // Anybody can make a cursor that fits: it is no permission, but it must not be nonsense either.
  if (value !== undefined && sortBy === "TIMECREATED" && Number.isNaN(Date.parse(value)))
    throw new AppError(
      "invalid_input",
      "The page is not one of this list. Start again without it.",
    );
  return {
    limit: input.limit ?? defaultPageSize,
    sortBy,
    sortOrder,
    seal,
    ...(value === undefined || id === undefined
      ? {}
      : { after: { value, id, ...(part === undefined ? {} : { part }) } }),
  };
}

/** Cuts the one row too many that the data layer fetched, and makes the cursor of the next page from the last shown. */
export function pageOf<
  Row extends { id: string; createdAt: Date; name?: string; part?: string },
  Item,
>(
  rows: readonly Row[],
  request: PageRequest & { seal: CursorFilter },
  present: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, request.limit);
  const last = shown.at(-1);
  if (rows.length <= request.limit || !last) return { items: shown.map(present), nextPage: null };
  const value = request.sortBy === "NAME" ? (last.name ?? "") : last.createdAt.toISOString();
  const position = [value, last.id, ...(last.part === undefined ? [] : [last.part])];
  return { items: shown.map(present), nextPage: encodeCursor(position, request.seal) };
}
