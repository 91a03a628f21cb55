import { z } from "zod";

import { durations } from "../durations";
import { type Bounds, wholeNumber } from "./bounds";

/** Nobody may stay longer than the product's own periods: a setting can only be stricter (security.md R21, R25). */
export const sessionBounds = {
  idleMinutes: { min: 5, max: durations.sessionIdle / 60 },
  absoluteHours: { min: 1, max: durations.sessionAbsolute / 3_600 },
  stepUpMinutes: { min: 1, max: durations.stepUp / 60 },
} as const satisfies Record<string, Bounds>;

/** How long a session and a proof of identity serve; the topic "sessions" of the settings. */
export const sessionRules = z.object({
  idleMinutes: wholeNumber(sessionBounds.idleMinutes).default(sessionBounds.idleMinutes.max),
  absoluteHours: wholeNumber(sessionBounds.absoluteHours).default(sessionBounds.absoluteHours.max),
  stepUpMinutes: wholeNumber(sessionBounds.stepUpMinutes).default(sessionBounds.stepUpMinutes.max),
});

export type SessionRules = z.infer<typeof sessionRules>;

/** What is stored as it holds; whatever cannot be read means the product's own periods, and never a longer one. */
export const storedSessionRules = sessionRules.catch(() => sessionRules.parse({}));
