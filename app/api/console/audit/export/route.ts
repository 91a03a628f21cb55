import { filterOf, readAuditQuery } from "@/components/audit/audit-query";
import { exportAuditLog } from "@/lib/services/audit/export-audit-log";

import { download, exportFormat } from "../../answer";

/** The audit log as a file: `format` csv or jsonl, and what the page's address can say. */
export async function GET(request: Request): Promise<Response> {
  const { format, type } = exportFormat(request);
  const query = readAuditQuery(Object.fromEntries(new URL(request.url).searchParams));
  return download(`audit-log.${format}`, type, (caller) =>
    exportAuditLog(caller, filterOf(query), format),
  );
}
