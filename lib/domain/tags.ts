import { z } from "zod";

import { tagKeyPattern, tagKeyRule } from "./tag-lines";
import { plainText } from "./text";

/** Tags as OCI bounds them: free-form ones, 10 at most, of a key and a text. */
export const freeformTags = boundedRecord(tagKey(), tagText(), 10);

/** Defined tags: values by key by namespace, 64 namespaces and 64 keys in each at most. */
export const definedTags = boundedRecord(
  tagKey(),
  boundedRecord(tagKey(), z.union([tagText(), z.number(), z.boolean()]), 64),
  64,
);

function boundedRecord<Value extends z.ZodType>(
  key: ReturnType<typeof tagKey>,
  value: Value,
  most: number,
) {
  return z
    .record(key, value)
    .refine((record) => Object.keys(record).length <= most, `Use at most ${most} of them.`);
}

function tagKey() {
  return z.string().regex(tagKeyPattern, tagKeyRule);
}

function tagText() {
  return plainText({ least: 0, most: 256 });
}
