import { clsx } from "clsx";
import { ArrowDown, ArrowUp, ChevronsUpDown } from "lucide-react";
import Link from "next/link";

import type { TablePart } from "./table-parts";

/** In a folded table the head is out of sight, and so must be whatever takes the focus. */
const sortControl =
  "-mx-1.5 inline-flex h-8 items-center gap-1 rounded-control px-1.5 hover:text-ink max-sm:hidden pointer-coarse:h-11";

type SortedHead = Pick<TablePart, "column" | "sorted">;

/** Where the server sorts: leads to this list in the other order. */
export function SortLink({ column, sorted, href }: SortedHead & { href: string }) {
  return (
    <>
      <span className="sm:hidden">{column.header}</span>
      <Link href={href} scroll={false} className={sortControl}>
        {column.header}
        <SortIcon sorted={sorted} />
      </Link>
    </>
  );
}

/** Where the browser has all rows. */
export function SortButton({ column, sorted, onPress }: SortedHead & { onPress: () => void }) {
  return (
    <>
      <span className="sm:hidden">{column.header}</span>
      <button type="button" onClick={onPress} className={sortControl}>
        {column.header}
        <SortIcon sorted={sorted} />
      </button>
    </>
  );
}

function SortIcon({ sorted }: Pick<TablePart, "sorted">) {
  const Icon = sorted === false ? ChevronsUpDown : sorted === "asc" ? ArrowUp : ArrowDown;
  return <Icon aria-hidden="true" className={clsx("size-3", sorted === false && "opacity-50")} />;
}
