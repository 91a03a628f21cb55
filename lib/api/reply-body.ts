import { isDeepStrictEqual } from "node:util";

import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import type { WireModel } from "@/lib/domain/credentials/wire";

/**
 * A reply as text, through its schema: nothing leaves that the schema does not name. A stray member is dropped in
 * production and an error everywhere else, where somebody can still mend it.
 */
export function replyBody(
  { name, schema, isList }: WireModel & { readonly isList?: boolean },
  value: unknown,
): string {
  const parsed = (isList ? listOf(schema) : schema).parse(value);
  if (!runtime().env.isProduction && !isDeepStrictEqual(plain(parsed), plain(value)))
    throw new Error(`The reply has a member that ${name} does not name.`);
  return JSON.stringify(parsed);
}

/** Building a schema costs more than parsing with it. */
function listOf(schema: z.ZodType): z.ZodType {
  const list = lists.get(schema) ?? z.array(schema);
  lists.set(schema, list);
  return list;
}

const lists = new WeakMap<z.ZodType, z.ZodType>();

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
