import { clsx } from "clsx";
import type { ReactNode } from "react";

export type Column<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Gives the column a sort button in a `SortableTable`. Dates sort as ISO strings. */
  sortBy?: ((row: Row) => string | number | undefined) | undefined;
  /** Name and state stand on the first line of a folded row; the name heads its row. */
  place?: "name" | "state" | undefined;
};

export type TablePart = {
  column: { id: string; header: string };
  sorted: false | "asc" | "desc";
  /** What stands in the head instead of the bare word: a control that sorts. */
  label?: ReactNode;
};

/** Folding changes `display`, and some browsers then forget that a table is one: so each part says what it is. */
export const roles = {
  table: { role: "table" },
  rowGroup: { role: "rowgroup" },
  row: { role: "row" },
  columnHeader: { role: "columnheader" },
  rowHeader: { role: "rowheader" },
  cell: { role: "cell" },
};

const cell = "h-11 px-3 py-2 text-left align-middle";
const folded =
  "max-sm:flex max-sm:h-auto max-sm:min-h-8 max-sm:items-center max-sm:px-0 max-sm:py-1";

export const cellParts = {
  body: "max-sm:block",
  row: "border-t border-line hover:bg-sunken/60 max-sm:first:border-t-0 max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto_auto] max-sm:gap-x-2 max-sm:px-3 max-sm:py-2.5 max-sm:hover:bg-transparent",
  dimmedRow:
    "border-t border-line text-ink-soft max-sm:first:border-t-0 max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto_auto] max-sm:gap-x-2 max-sm:px-3 max-sm:py-2.5",
  name: clsx(
    cell,
    folded,
    "font-medium sm:min-w-24 max-sm:col-start-1 max-sm:row-start-1 max-sm:break-words",
  ),
  state: clsx(cell, folded, "font-normal max-sm:col-start-2 max-sm:row-start-1"),
  actions: clsx(
    folded,
    "h-11 w-0 pr-1.5 text-right align-middle max-sm:col-start-3 max-sm:row-start-1 max-sm:w-auto",
  ),
  detail: clsx(
    cell,
    folded,
    "max-sm:col-span-3 max-sm:before:w-24 max-sm:before:shrink-0 max-sm:before:text-ink-faint max-sm:before:content-[attr(data-label)_/_'']",
  ),
};

export function TableBox({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="relative overflow-x-auto rounded-panel border border-line bg-surface">
      <table
        {...roles.table}
        aria-label={label}
        className="w-full border-collapse text-small max-sm:block"
      >
        {children}
      </table>
    </div>
  );
}

export function TableHead({
  parts,
  hasActions,
}: {
  parts: readonly TablePart[];
  hasActions: boolean;
}) {
  return (
    <thead {...roles.rowGroup} className="max-sm:sr-only">
      <tr {...roles.row}>
        {parts.map((part) => (
          <th
            key={part.column.id}
            scope="col"
            {...roles.columnHeader}
            aria-sort={ariaSort(part)}
            className="h-8 px-3 text-left font-normal whitespace-nowrap text-ink-soft"
          >
            {part.label ?? part.column.header}
          </th>
        ))}
        {hasActions && (
          <th scope="col" {...roles.columnHeader} className="w-0">
            <span className="sr-only">Actions</span>
          </th>
        )}
      </tr>
    </thead>
  );
}

function ariaSort(part: TablePart) {
  if (part.sorted === false) return undefined;
  return part.sorted === "asc" ? "ascending" : "descending";
}
