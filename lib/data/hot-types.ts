import "server-only";
import { types } from "pg";

const jsonb = 3802;
const timestamptz = 1184;

/**
 * How the hot statements read PostgreSQL's types: as the driver does, only sooner. The same jsonb text gives the same
 * frozen value each time, so that what was once found good about it need not be found again.
 */
export const hotTypes = {
  getTypeParser: (type: number, format?: "text" | "binary"): ((text: string) => unknown) => {
    if (type === jsonb) return rememberedJson;
    if (type === timestamptz) return instantOf;
    return types.getTypeParser(type, format);
  },
};

const longestRemembered = 8_192;
const mostRemembered = 2_048;
const remembered = new Map<string, unknown>();

function rememberedJson(text: string): unknown {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const value: unknown = Object.freeze(JSON.parse(text));
  if (text.length > longestRemembered) return value;
  if (remembered.size >= mostRemembered) {
    // The one longest here goes: one that is still in use comes back with its next row.
    const [oldest] = remembered.keys();
    if (oldest !== undefined) remembered.delete(oldest);
  }
  remembered.set(text, value);
  return value;
}

/** Next puts one in the place of Date that tells what it renders of the time, at ten times the price. */
const Instant = Date;
const utcShape = /^[1-9]\d{3}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?\+00$/;
const driversInstant = types.getTypeParser(timestamptz, "text");

/** In UTC, which is what the sessions have, a fraction of the driver's time; anything else is left to the driver. */
function instantOf(text: string): unknown {
  if (!utcShape.test(text)) return driversInstant(text);
  const digit = (place: number) => text.charCodeAt(place) - 48;
  const pair = (place: number) => digit(place) * 10 + digit(place + 1);
  const end = text.length - "+00".length;
  const decimal = (place: number) => (place < end ? digit(place) : 0);
  const milliseconds = decimal(20) * 100 + decimal(21) * 10 + decimal(22);
  const year = pair(0) * 100 + pair(2);
  return new Instant(
    Instant.UTC(year, pair(5) - 1, pair(8), pair(11), pair(14), pair(17), milliseconds),
  );
}
