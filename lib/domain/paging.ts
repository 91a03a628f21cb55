import { z } from "zod";

import { AppError } from "@/lib/domain/errors";

/** The values of the last row's sort columns, ties broken by its id. The next page begins after them. */
export type CursorPosition = readonly string[];

/** Everything that decides which rows a list has and in which order, the caller included. */
export type CursorFilter = Readonly<Record<string, string | number | boolean | undefined>>;

/** How many rows a page has when nobody says, and at most (identity-api.md 5.1). */
export const defaultPageSize = 100;
export const largestPageSize = 1000;

/**
 * The opaque text that `opc-next-page` carries: a position and a digest over it and the filter. It holds nothing
 * secret and is not a permission; the digest tells a foreign or damaged cursor from a usable one.
 */
export function encodeCursor(position: CursorPosition, filter: CursorFilter): string {
  return toBase64Url(JSON.stringify([version, digest(position, filter), ...position]));
}

/** Reads a cursor made for the same filter. Throws `invalid_input` for any other text. */
export function decodeCursor(cursor: string, filter: CursorFilter): CursorPosition {
  const parts = cursorParts.safeParse(
    cursor.length <= longestCursor ? fromBase64Url(cursor) : undefined,
  );
  if (!parts.success) throw unusable();
  const [, found, ...position] = parts.data;
  if (found !== digest(position, filter) || encodeCursor(position, filter) !== cursor)
    throw unusable();
  return position;
}

function unusable(): AppError {
  return new AppError("invalid_input", "The page is not one of this list. Start again without it.");
}

/** FNV-1a with 64 bits: short, the same in every runtime, and no secret depends on it. */
function digest(position: CursorPosition, filter: CursorFilter): string {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined);
  const sorted = given.toSorted(([one], [other]) => (one < other ? -1 : 1));
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(JSON.stringify([position, sorted]))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(36);
}

function toBase64Url(text: string): string {
  const bytes = String.fromCharCode(...new TextEncoder().encode(text));
  return btoa(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function fromBase64Url(text: string): unknown {
  try {
    const bytes = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    const decoder = new TextDecoder("utf-8", { fatal: true });
    return JSON.parse(decoder.decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0))));
  } catch {
    return undefined;
  }
}

const version = 1;
const longestCursor = 512;
const cursorParts = z.tuple([z.literal(version), z.string()], z.string());
