import { clsx } from "clsx";

/** The shape of what is coming; drawn only after 200 ms, and it takes its room from the start. */
export function Skeleton({ className }: { className?: string | undefined }) {
  return (
    <span aria-hidden="true" className="block animate-late">
      <span className={clsx("block h-3 rounded-mark bg-raised", className)} />
    </span>
  );
}
