import "server-only";
import type { Caller } from "@/lib/domain/caller";
import { reportColumns, type ReportRow } from "@/lib/domain/reports/credential-report";

import { type ExportFormat, type ExportPage, exportRows } from "../export-rows";
import { readCredentialReport } from "./credential-report";

/** The credential report over every user, as text. Refuses before the first line or not at all. */
export async function exportCredentialReport(
  caller: Caller,
  format: ExportFormat,
): Promise<AsyncIterable<string>> {
  const page = async (cursor?: string): Promise<ExportPage<ReportRow, string>> => {
    // The first page is short: it is what whoever asked waits for.
    const limit = cursor === undefined ? { limit: 20 } : {};
    const { rows, nextPage } = await readCredentialReport(caller, { page: cursor, ...limit });
    return { rows, next: nextPage };
  };
  return exportRows({ format, columns: reportColumns, first: await page(), after: page });
}
