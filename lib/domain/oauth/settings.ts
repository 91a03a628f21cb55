import { z } from "zod";

/** The tenancy's rules for OAuth; the topic "oauth" of the settings. */
export const oauthSettings = z.object({
  /** Whether everybody may enter an audience that nobody registered, or administrators alone (decisions.md 11). */
  anyoneMayEnterAudience: z.boolean().default(false),
});

export type OauthSettings = z.infer<typeof oauthSettings>;
