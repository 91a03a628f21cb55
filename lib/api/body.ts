import { AppError } from "@/lib/domain/errors";
import { parseStrictJson } from "@/lib/domain/strict-json";

/**
 * The details in a request's body. No body is an empty object, which is how the TypeScript SDK writes one; a member
 * that is null counts as absent (identity-api.md 4). Throws `invalid_input` for what is not a JSON object.
 */
export function bodyOf(bytes: Uint8Array): Record<string, unknown> {
  if (bytes.byteLength === 0) return {};
  const value = parseStrictJson(textOf(bytes));
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new AppError("invalid_input", "The body must be a JSON object.");
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null));
}

/** Throws `invalid_input` for what is not UTF-8: writing it again shows what the decoder only replaced. */
export function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder("utf-8").decode(bytes);
  if (Buffer.from(text, "utf8").equals(bytes)) return text;
  throw new AppError("invalid_input", "The body is not valid UTF-8.");
}
