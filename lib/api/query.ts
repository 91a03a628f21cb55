import type { z } from "zod";

import { AppError } from "@/lib/domain/errors";

/**
 * The query parameters an operation knows, decoded; others are ignored. Throws `invalid_input` for one that comes
 * twice. A `+` stays a plus: the TypeScript SDK means it so, Python and Go write `%2B`, and their other meaning, a
 * space, stands in no name or identifier (identity-api.md 1.4).
 */
export function queryOf(target: string, schema: z.ZodObject | undefined): Record<string, string> {
  const start = target.indexOf("?");
  if (!schema || start === -1) return {};
  const pairs = new URLSearchParams(target.slice(start + 1).replaceAll("+", "%2B"));
  const known = Object.keys(schema.shape).filter((name) => pairs.has(name));
  return Object.fromEntries(known.map((name) => [name, single(pairs, name)]));
}

function single(pairs: URLSearchParams, name: string): string {
  const [value = "", ...more] = pairs.getAll(name);
  if (more.length > 0) throw new AppError("invalid_input", `${name} is given more than once.`);
  return value;
}
