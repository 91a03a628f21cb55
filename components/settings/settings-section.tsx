import type { ReactNode } from "react";

/** One topic: what it is about beside what can be done about it; stacked where there is no room. */
export function SettingsSection({
  id,
  title,
  purpose,
  children,
}: {
  id: string;
  title: string;
  purpose: ReactNode;
  children: ReactNode;
}) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="grid scroll-mt-16 gap-x-10 gap-y-4 border-t border-line py-8 min-[1024px]:grid-cols-[17rem_minmax(0,1fr)]"
    >
      <div>
        <h2 id={`${id}-title`} className="text-section font-medium">
          {title}
        </h2>
        <p className="mt-1 max-w-[48ch] text-ink-soft">{purpose}</p>
      </div>
      <div className="min-w-0">{children}</div>
    </section>
  );
}
