import { clsx } from "clsx";
import { Check } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";

export type CheckboxProps = Omit<ComponentProps<"input">, "type" | "children"> & {
  label: ReactNode;
  hint?: ReactNode;
};

export function Checkbox({ label, hint, className, id, ...rest }: CheckboxProps) {
  const ownId = useId();
  const inputId = id ?? ownId;
  return (
    <span className={clsx("flex flex-col", className)}>
      <label
        htmlFor={inputId}
        className="inline-flex min-h-8 items-start gap-2 py-1.5 pointer-coarse:min-h-11 pointer-coarse:py-3"
      >
        <span className="relative mt-0.5 size-4 shrink-0">
          <input
            {...(hint !== undefined && { "aria-describedby": `${inputId}-hint` })}
            {...rest}
            id={inputId}
            type="checkbox"
            className="peer size-4 appearance-none rounded-mark border border-line-strong bg-well checked:border-accent checked:bg-accent aria-invalid:border-danger off:opacity-60 forced-colors:appearance-auto"
          />
          <Check
            aria-hidden="true"
            strokeWidth={3}
            className="pointer-events-none absolute inset-0 m-auto hidden size-3 text-on-accent peer-checked:block forced-colors:hidden"
          />
        </span>
        <span>{label}</span>
      </label>
      {hint !== undefined && (
        <span id={`${inputId}-hint`} className="-mt-1 pl-6 text-small text-ink-soft">
          {hint}
        </span>
      )}
    </span>
  );
}
