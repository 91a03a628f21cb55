import { z } from "zod";

/** Who needs a second factor, and for what; the topic "second-factor" of the settings. */
export const secondFactorRules = z.object({
  administrators: z.boolean().default(false),
  everybody: z.boolean().default(false),
  databasePasswords: z.boolean().default(false),
});

export type SecondFactorRules = z.infer<typeof secondFactorRules>;

/** What is stored as it holds. What cannot be read asks for nothing: a mistake must not shut everybody out. */
export const storedSecondFactorRules = secondFactorRules.catch(() => secondFactorRules.parse({}));
