import "server-only";
import { stringify } from "csv-stringify/sync";

export type ExportFormat = "csv" | "jsonl";

export interface ExportPage<Row, Cursor> {
  readonly rows: readonly Row[];
  readonly next: Cursor | null;
}

export interface Export<Row, Cursor> {
  readonly format: ExportFormat;
  /** The first line of the CSV, and the names of the JSON objects' members, in this order. */
  readonly columns: readonly (keyof Row & string)[];
  readonly first: ExportPage<Row, Cursor>;
  readonly after: (cursor: Cursor) => Promise<ExportPage<Row, Cursor>>;
}

/**
 * A long list as text, a page at a time: the next page is read when the former has been taken, so that the process holds
 * one. A cell that a spreadsheet would run as a formula is written as text (OWASP, CSV injection).
 */
export async function* exportRows<Row extends object, Cursor>({
  format,
  columns,
  first,
  after,
}: Export<Row, Cursor>): AsyncGenerator<string> {
  if (format === "csv") yield stringify([columns], csv);
  for (let page = first; ; page = await after(page.next)) {
    yield format === "csv"
      ? stringify(
          page.rows.map((row) => columns.map((column) => cellOf(row[column]))),
          csv,
        )
      : page.rows.map((row) => `${JSON.stringify(pick(row, columns))}\n`).join("");
    if (page.next === null) return;
  }
}

/** RFC 4180, and a sign before what a spreadsheet would take for a formula. */
const csv = { record_delimiter: "\r\n", escape_formulas: true };

function pick<Row extends object>(row: Row, columns: readonly (keyof Row & string)[]) {
  return Object.fromEntries(columns.map((column) => [column, row[column]]));
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
