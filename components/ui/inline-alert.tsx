import { clsx } from "clsx";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import type { ReactNode, Ref } from "react";

export type InlineAlertProps = {
  children: ReactNode;
  title?: string | undefined;
  tone?: "danger" | "warn" | "neutral" | undefined;
  /** Given when it was us: the reader can quote it. */
  requestId?: string | undefined;
  /** Notes that were there from the start do not interrupt: only a problem has the role alert. */
  role?: "alert" | "note" | undefined;
  ref?: Ref<HTMLDivElement> | undefined;
  className?: string | undefined;
};

export function InlineAlert({
  children,
  title,
  tone = "danger",
  requestId,
  role,
  ref,
  className,
}: InlineAlertProps) {
  const Icon = icons[tone];
  return (
    <div
      ref={ref}
      role={role ?? (tone === "danger" ? "alert" : "note")}
      tabIndex={-1}
      data-focus-target=""
      className={clsx("flex gap-2.5 rounded-control border px-3 py-2", frames[tone], className)}
    >
      <Icon aria-hidden="true" className={clsx("mt-0.5 size-4 shrink-0", iconColours[tone])} />
      <div className="min-w-0 flex-1">
        {title !== undefined && <p className="font-medium">{title}</p>}
        <div>{children}</div>
        {requestId !== undefined && (
          <p className="mt-1 text-small text-ink-soft">
            Request <code className="break-all">{requestId}</code>
          </p>
        )}
      </div>
    </div>
  );
}

const icons = { danger: CircleAlert, warn: TriangleAlert, neutral: Info };
const frames = {
  danger: "border-danger/35 bg-danger-wash",
  warn: "border-warn/40 bg-warn-wash",
  neutral: "border-line bg-sunken",
};
const iconColours = { danger: "text-danger", warn: "text-warn", neutral: "text-ink-soft" };
