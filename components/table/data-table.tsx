import type { ReactNode } from "react";

import { cellParts, type Column, roles, TableBox, TableHead, type TablePart } from "./table-parts";

export type DataTableProps<Row> = {
  /** The name of the table for screen readers. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  /** The row's last control: its *Actions* menu. */
  actions?: ((row: Row) => ReactNode) | undefined;
  empty: ReactNode;
  isDimmed?: boolean | undefined;
  /** The heads of a table that sorts; see `SortableTable`. */
  heads?: readonly TablePart[] | undefined;
};

/**
 * A real table, its rows in the order given; below 640 px each row folds into name, state and label–value pairs
 * without losing its meaning. Lists that people sort are a `SortableTable`.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, actions, empty, isDimmed = false } = props;
  if (rows.length === 0) return <>{empty}</>;
  const heads = props.heads ?? columns.map((column): TablePart => ({ column, sorted: false }));
  const hasActions = actions !== undefined;
  return (
    <TableBox label={label}>
      <TableHead parts={heads} hasActions={hasActions} />
      <tbody {...roles.rowGroup} className={cellParts.body}>
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            {...roles.row}
            className={isDimmed ? cellParts.dimmedRow : cellParts.row}
          >
            {columns.map((column) => cellFor(column, row))}
            {actions !== undefined && (
              <td {...roles.cell} data-place="actions" className={cellParts.actions}>
                {actions(row)}
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </TableBox>
  );
}

function cellFor<Row>(column: Column<Row>, row: Row) {
  const content = <span className="block min-w-0">{column.cell(row)}</span>;
  if (column.place === "name") {
    return (
      <th
        key={column.id}
        scope="row"
        {...roles.rowHeader}
        data-place="name"
        className={cellParts.name}
      >
        {content}
      </th>
    );
  }
  if (column.place === "state") {
    return (
      <td key={column.id} {...roles.cell} data-place="state" className={cellParts.state}>
        {content}
      </td>
    );
  }
  return (
    <td key={column.id} {...roles.cell} data-label={column.header} className={cellParts.detail}>
      {content}
    </td>
  );
}
