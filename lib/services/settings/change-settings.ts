import "server-only";
import { z } from "zod";

import { holdSetting, saveSetting } from "@/lib/data/settings";
import { parseInput } from "@/lib/domain/credentials/kind";
import { AppError } from "@/lib/domain/errors";
import { may } from "@/lib/domain/policy";
import { topicNames, topics } from "@/lib/domain/settings/topics";

import { mutation } from "../use-case";
import { storedSetting } from "./stored";

/**
 * Changes what is named of one topic of the settings; what is not named stays. It holds for the next request on every
 * process. Throws `stale` when the version is not the one that the caller has read.
 */
export const changeSettings = mutation({
  name: "changeSettings",
  input: z.strictObject({
    topic: z.enum(topicNames),
    /** The one that the change was made on; without it, whatever is there is changed. */
    version: z.int().optional(),
    change: z.record(z.string(), z.unknown()),
  }),
  stepUp: true,
  load: (tx, { topic }) => storedSetting(tx, topic),
  authorize: (caller, { topic }) => may(caller, topics[topic].change),
  lock: (tx, { input: { topic } }) => holdSetting(tx, topic),
  version: ({ version }) => version,
  run: async (tx, { input, loaded: { topic, value: before, version } }) => {
    if (input.version !== undefined && input.version !== version)
      throw new AppError(
        "stale",
        "Somebody changed these settings meanwhile. Load them again and repeat your change.",
      );
    const value = parseInput(topics[topic].schema.strict(), { ...before, ...input.change });
    return { topic, before, value, version: await saveSetting(tx, topic, value) };
  },
  audit: ({ loaded: { topic }, output }) => ({
    owner: null,
    subject: { type: "settings", id: topic, name: topics[topic].title },
    details: output ? { topic, changed: differences(output.before, output.value) } : { topic },
  }),
});

function differences(before: object, after: object): Record<string, unknown> {
  const former = new Map<string, unknown>(Object.entries(before));
  return Object.fromEntries(
    Object.entries(after)
      .filter(([name, value]) => former.get(name) !== value)
      .map(([name, value]) => [name, { from: former.get(name), to: value }]),
  );
}
