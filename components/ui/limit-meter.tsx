import { clsx } from "clsx";

const mostBars = 12;

/** As many bars as slots, filled ones in ink; the words say it too. */
export function LimitMeter({
  used,
  limit,
  className,
}: {
  used: number;
  limit: number;
  className?: string;
}) {
  return (
    <span
      className={clsx(
        "inline-flex items-center gap-2 align-top text-small whitespace-nowrap text-ink-soft tabular-nums",
        className,
      )}
    >
      {limit <= mostBars && (
        <span aria-hidden="true" className="inline-flex gap-[3px]">
          {Array.from({ length: limit }, (_, slot) => (
            <span
              key={slot}
              data-slot-used={slot < used}
              className={clsx("h-3 w-[5px] rounded-[1.5px]", slot < used ? "bg-ink" : "bg-line")}
            />
          ))}
        </span>
      )}
      {used} of {limit} used
    </span>
  );
}
