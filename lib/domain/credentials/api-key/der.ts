/** One element of a DER encoding (X.690 8.1, 10.1); `end` is where the next one begins. */
export type DerElement = { tag: number; content: Uint8Array; end: number };

/**
 * Reads the element that begins at `start`: single-byte tags and shortest lengths of up to two bytes, enough for keys.
 * `truncated` when the bytes end before the element does.
 */
export function readElement(
  bytes: Uint8Array,
  start: number,
): DerElement | "truncated" | "damaged" {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined) return "truncated";
  if ((tag & 0x1f) === 0x1f) return "damaged";
  const header = readLength(bytes, start + 1, first);
  if (typeof header === "string") return header;
  const end = header.contentStart + header.length;
  if (end > bytes.length) return "truncated";
  return { tag, content: bytes.subarray(header.contentStart, end), end };
}

function readLength(
  bytes: Uint8Array,
  at: number,
  first: number,
): { contentStart: number; length: number } | "truncated" | "damaged" {
  if (first < 0x80) return { contentStart: at + 1, length: first };
  const count = first - 0x80;
  if (count < 1 || count > 2) return "damaged";
  const [high, low] = bytes.subarray(at + 1, at + 1 + count);
  if (high === undefined || (count === 2 && low === undefined)) return "truncated";
  const length = low === undefined ? high : high * 256 + low;
  if (length < (count === 1 ? 0x80 : 0x100)) return "damaged";
  return { contentStart: at + 1 + count, length };
}
