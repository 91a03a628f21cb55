import "server-only";
import type { ActivityView } from "@/lib/domain/audit/activity";
import type { AuditFilter } from "@/lib/domain/audit/search";
import type { Caller } from "@/lib/domain/caller";

import { type ExportFormat, type ExportPage, exportRows } from "../export-rows";
import { searchAuditLog } from "./search-audit-log";

const perPage = 1_000;

/** The events that a filter finds, all of them, the newest first. Refuses before the first line or not at all. */
export async function exportAuditLog(
  caller: Caller,
  filter: AuditFilter,
  format: ExportFormat,
): Promise<AsyncIterable<string>> {
  const page = async (before?: number): Promise<ExportPage<AuditRow, number>> => {
    const { events, next } = await searchAuditLog(caller, { ...filter, before, limit: perPage });
    return { rows: events.map(flat), next };
  };
  return exportRows({ format, columns, first: await page(), after: page });
}

type AuditRow = ReturnType<typeof flat>;

const columns = [
  "id",
  "at",
  "outcome",
  "action",
  "reason",
  "actorId",
  "actorName",
  "via",
  "ownerId",
  "ownerName",
  "subjectType",
  "subjectId",
  "subjectName",
  "address",
  "client",
  "requestId",
  "details",
] as const satisfies readonly (keyof AuditRow)[];

function flat({ actor, owner, subject, ...event }: ActivityView) {
  return {
    ...event,
    actorId: actor?.id ?? null,
    actorName: actor?.name ?? null,
    ownerId: owner?.id ?? null,
    ownerName: owner?.name ?? null,
    subjectType: subject?.type ?? null,
    subjectId: subject?.id ?? null,
    subjectName: subject?.name ?? null,
  };
}
