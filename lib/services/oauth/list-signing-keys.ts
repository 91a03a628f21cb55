import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { databaseTime } from "@/lib/data/db";
import { listSigningKeys as selectSigningKeys } from "@/lib/data/oauth-signing-keys";
import { signingKeyAt } from "@/lib/domain/oauth/key-schedule";
import type { SigningKeyView } from "@/lib/domain/oauth/signing-key-view";
import { may } from "@/lib/domain/policy";

import { query } from "../use-case";

/** The keys of access tokens, their public facts only. None before the first token was asked for. */
export const listSigningKeys = query({
  name: "listSigningKeys",
  input: z.strictObject({}),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ReadSettings"),
  run: async (tx) => {
    const { tokenAlgorithm } = runtime().env;
    const keys = await selectSigningKeys(tx);
    const now = await databaseTime(tx);
    const current = signingKeyAt(keys, now, tokenAlgorithm)?.id;
    const views = keys.map((key): SigningKeyView => ({
      id: key.id,
      algorithm: key.algorithm,
      state: key.id === current ? "signs" : key.signsFrom > now ? "waits" : "shown",
      signsFrom: key.signsFrom.toISOString(),
      signsUntil: key.signsUntil.toISOString(),
      publishedUntil: key.publishedUntil.toISOString(),
    }));
    return { algorithm: tokenAlgorithm, keys: views };
  },
});
