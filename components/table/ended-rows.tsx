import type { ReactNode } from "react";

import { Folded } from "./folded";

/** What is over, folded under "2 ended keys": kept for looking up, out of the way of what works. */
export function EndedRows({
  count,
  noun,
  children,
}: {
  count: number;
  noun: { one: string; many: string };
  children: ReactNode;
}) {
  if (count === 0) return null;
  return (
    <Folded summary={`${count} ended ${count === 1 ? noun.one : noun.many}`}>{children}</Folded>
  );
}
