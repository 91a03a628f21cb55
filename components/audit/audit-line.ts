import type { ActivityLine, ActivityView } from "@/lib/domain/audit/activity";

/** A row of the audit log, and the event that it opens to. */
export interface AuditLine extends ActivityLine {
  readonly event: ActivityView;
  /** Whether whoever it was about can still be visited. */
  readonly ownerIsThere: boolean;
}
