import "server-only";
import { z } from "zod";

import { may } from "@/lib/domain/policy";
import { topicNames, topics } from "@/lib/domain/settings/topics";

import { query } from "../use-case";
import { storedSettings } from "./stored";

/** One topic of the settings, for those who may read it. */
export const getSettings = query({
  name: "getSettings",
  input: z.strictObject({ topic: z.enum(topicNames) }),
  load: async (tx, { topic }) => (await storedSettings(tx, [topic]))[0],
  authorize: (caller, { topic }) => may(caller, topics[topic].read),
  run: (_tx, { loaded }) => loaded,
});
