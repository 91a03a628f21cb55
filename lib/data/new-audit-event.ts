import "server-only";
/** An event of the audit trail before it has a number and a time. */
export interface NewAuditEvent {
  action: string;
  outcome: "done" | "refused";
  reason: string | null;
  actorId: string | null;
  actorName: string | null;
  via: string;
  ownerId: string | null;
  ownerName: string | null;
  subjectType: string | null;
  subjectId: string | null;
  subjectName: string | null;
  details: Record<string, unknown>;
  address: string;
  client: string;
  requestId: string;
}
