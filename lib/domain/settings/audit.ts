import { z } from "zod";

import { durations } from "../durations";
import { wholeNumber } from "./bounds";

const day = 86_400;

/** The database itself keeps every event for the least of these days, whatever a setting says. */
export const retentionBounds = { min: 90, max: 3_650 } as const;

/** How long the audit trail is kept; the topic "audit" of the settings. */
export const auditRules = z.object({
  retentionDays: wholeNumber(retentionBounds).default(durations.auditRetention / day),
});

export type AuditRules = z.infer<typeof auditRules>;
