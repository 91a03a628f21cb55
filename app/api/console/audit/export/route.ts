import { filterOf, readAuditQuery } from "@/components/audit/audit-query";
import { exportAuditLog } from "@/lib/services/audit/export-audit-log";

import { download } from "../../answer";

/** The audit log as a file: `format` csv or jsonl, and what the page's address can say. */
export async function GET(request: Request): Promise<Response> {
  const parameters = Object.fromEntries(new URL(request.url).searchParams);
  const format = parameters["format"] === "jsonl" ? "jsonl" : "csv";
  const type = format === "csv" ? "text/csv" : "application/jsonl";
  return download(`audit-log.${format}`, type, (caller) =>
    exportAuditLog(caller, filterOf(readAuditQuery(parameters)), format),
  );
}
