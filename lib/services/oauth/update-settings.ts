import "server-only";
import { z } from "zod";

import { saveSetting } from "@/lib/data/settings";
import { may } from "@/lib/domain/policy";

import { mutation } from "../use-case";
import { oauthSettingsOf, oauthTopic } from "./settings";

/** Changes the tenancy's rules for OAuth; what is not named stays. */
export const updateOauthSettings = mutation({
  name: "updateOauthSettings",
  input: z.strictObject({ anyoneMayEnterAudience: z.boolean() }),
  stepUp: true,
  load: async (tx) => oauthSettingsOf(tx),
  authorize: (caller) => may(caller, "ChangeOAuthResources"),
  run: async (tx, { input, loaded: settings }) => {
    const changed = { ...settings, ...input };
    await saveSetting(tx, oauthTopic, changed);
    return changed;
  },
  audit: ({ input }) => ({ owner: null, subject: null, details: input }),
});
