import type { Ref } from "react";

import { shadedGroups } from "./reveal-text";

/** A secret in full, in groups that the eye can follow. */
export function SecretValue({
  noun,
  secret,
  ref,
}: {
  noun: string;
  secret: string;
  ref: Ref<HTMLElement>;
}) {
  return (
    <fieldset
      aria-label={noun}
      className="min-w-0 rounded-control border border-line bg-sunken px-3 py-3"
    >
      <code
        ref={ref}
        className="text-[0.9375rem] leading-6 break-all whitespace-pre-line text-ink select-all"
      >
        {shadedGroups(secret).map((group, index) => (
          <span key={index} className={group.isShaded ? "text-accent" : undefined}>
            {group.text}
          </span>
        ))}
      </code>
    </fieldset>
  );
}
