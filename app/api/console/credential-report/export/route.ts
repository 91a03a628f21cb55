import { exportCredentialReport } from "@/lib/services/reports/export-credential-report";

import { download, exportFormat } from "../../answer";

/** The credential report as a file: `format` csv or jsonl. */
export async function GET(request: Request): Promise<Response> {
  const { format, type } = exportFormat(request);
  return download(`credential-report.${format}`, type, (caller) =>
    exportCredentialReport(caller, format),
  );
}
