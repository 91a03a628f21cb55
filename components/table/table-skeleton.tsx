import { clsx } from "clsx";

import { Skeleton } from "@/components/ui/skeleton";

import { roles } from "./table-parts";

const widths = ["w-28", "w-20", "w-36", "w-16", "w-24"];

type TableSkeletonProps = { columns: number; rows: number; hasActions: boolean };

/** Rows of the real height, drawn after 200 ms; nothing moves when the data arrives. */
export function TableSkeleton({ columns, rows, hasActions }: TableSkeletonProps) {
  return (
    <tbody {...roles.rowGroup}>
      {Array.from({ length: rows }, (_, row) => (
        <tr key={row} {...roles.row} className="border-t border-line">
          {Array.from({ length: columns }, (__, column) => (
            <td
              key={column}
              {...roles.cell}
              className={clsx("h-11 px-3", column > 1 && "max-sm:hidden")}
            >
              <Skeleton className={clsx("max-w-full", widths[(column + row) % widths.length])} />
              {row === 0 && column === 0 && <span className="sr-only">Loading</span>}
            </td>
          ))}
          {hasActions && <td {...roles.cell} className="w-0 pr-1.5 pl-8 max-sm:hidden" />}
        </tr>
      ))}
    </tbody>
  );
}
