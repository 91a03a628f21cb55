import "server-only";
import { z } from "zod";

import { may } from "@/lib/domain/policy";
import { readableTopics } from "@/lib/domain/settings/readable";
import { topics } from "@/lib/domain/settings/topics";

import { query } from "../use-case";
import { storedSettings } from "./stored";

/** Every topic that the caller may read, and which of them they may change; hidden from whoever may read none. */
export const readSettings = query({
  name: "readSettings",
  input: z.strictObject({}),
  load: async (_tx, _input, caller) => readableTopics(caller),
  authorize: (_caller, readable) =>
    readable.length > 0 ? { allowed: true } : { allowed: false, reason: "hidden" },
  run: async (tx, { caller, loaded: readable }) =>
    (await storedSettings(tx, readable)).map((stored) => ({
      ...stored,
      mayChange: may(caller, topics[stored.topic].change).allowed,
    })),
});
