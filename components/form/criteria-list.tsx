import { clsx } from "clsx";
import { Check, Circle } from "lucide-react";

export type Criterion = { id: string; label: string; met: boolean };

/** What a password must have, each rule ticked as it is met while the person types. */
export function CriteriaList({
  criteria,
  label,
  id,
}: {
  criteria: readonly Criterion[];
  label: string;
  id?: string | undefined;
}) {
  const metCount = criteria.filter((criterion) => criterion.met).length;
  return (
    <div id={id}>
      <ul aria-label={label} className="flex flex-col gap-0.5 text-small">
        {criteria.map((criterion) => (
          <li
            key={criterion.id}
            className={clsx("flex items-start gap-2", criterion.met ? "text-ink" : "text-ink-soft")}
          >
            {criterion.met ? (
              <Check
                aria-hidden="true"
                strokeWidth={2.5}
                className="mt-[3px] size-3.5 shrink-0 text-good"
              />
            ) : (
              <Circle
                aria-hidden="true"
                className="mt-[3px] size-3.5 shrink-0 scale-75 text-ink-faint"
              />
            )}
            <span>
              {criterion.label}
              <span className="sr-only">{criterion.met ? ": met" : ": not met yet"}</span>
            </span>
          </li>
        ))}
      </ul>
      <output className="sr-only">
        {metCount} of {criteria.length} rules met
      </output>
    </div>
  );
}
