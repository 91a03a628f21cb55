import "server-only";
import { z } from "zod";

import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { forgetSigningKeys, replaceSigningKey } from "./signing-keys";

/**
 * Replaces the key that signs access tokens ahead of its time. Tokens that were signed before go on until they expire.
 */
export const rotateSigningKey = mutation({
  name: "rotateSigningKey",
  input: z.strictObject({}),
  stepUp: true,
  load: async () => ({}),
  authorize: (caller) => may(caller, "ChangeSettings"),
  run: async (tx) => {
    const id = await replaceSigningKey(tx);
    // Read again by the first token after this; one that reads before the commit reads once more within a minute.
    forgetSigningKeys();
    return { id };
  },
  audit: ({ output }) => ({
    owner: null,
    subject: output ? { type: "signing-key", id: output.id, name: "" } : null,
  }),
});
