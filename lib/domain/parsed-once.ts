import { z } from "zod";

/**
 * A schema's `parse` that remembers its answer for a frozen object, and knows its own answers; whatever could have been
 * changed since is parsed again. Only for objects of plain values: freezing does not reach deeper.
 */
export function parsedOnce<T extends object>(schema: z.ZodType<T>): (raw: unknown) => Readonly<T> {
  const known = new WeakMap<object, Readonly<T>>();
  return (raw) => {
    const isObject = typeof raw === "object" && raw !== null;
    const found = isObject ? known.get(raw) : undefined;
    if (found) return found;
    const parsed = Object.freeze(schema.parse(raw));
    known.set(parsed, parsed);
    if (isObject && Object.isFrozen(raw)) known.set(raw, parsed);
    return parsed;
  };
}

/** The same of what is stored; undefined where another release or another hand left what the schema does not know. */
export function readOnce<T extends object>(
  schema: z.ZodType<T>,
): (stored: unknown) => Readonly<T> | undefined {
  const parse = parsedOnce(schema);
  return (stored) => {
    try {
      return parse(stored);
    } catch (error) {
      if (error instanceof z.ZodError) return undefined;
      throw error;
    }
  };
}
