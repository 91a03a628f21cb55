import { z } from "zod";

import { type Bounds, wholeNumber } from "../settings/bounds";
import type { PasswordPolicy } from "./criteria";

export const passwordBounds = {
  minimumLength: { min: 8, max: 100 },
  historyLength: { min: 0, max: 24 },
} as const satisfies Record<string, Bounds>;

/**
 * The tenancy's rules for console passwords. The bounds and the defaults of the first six are those of OCI's
 * authentication policy; the history is ours.
 */
export const passwordPolicy = z.object({
  minimumLength: wholeNumber(passwordBounds.minimumLength).default(12),
  requiresUppercase: z.boolean().default(true),
  requiresLowercase: z.boolean().default(true),
  requiresDigit: z.boolean().default(true),
  requiresSpecial: z.boolean().default(true),
  allowsUserName: z.boolean().default(false),
  historyLength: wholeNumber(passwordBounds.historyLength).default(5),
}) satisfies z.ZodType<PasswordPolicy>;

export const defaultPasswordPolicy: PasswordPolicy = passwordPolicy.parse({});
