import { clsx } from "clsx";
import type { ReactNode } from "react";

export type RadioOption = { value: string; label: ReactNode; hint?: ReactNode };

export type RadioGroupProps = {
  legend: string;
  name: string;
  options: readonly RadioOption[];
  value?: string | undefined;
  defaultValue?: string | undefined;
  onValueChange?: ((value: string) => void) | undefined;
  describedBy?: string | undefined;
  isInvalid?: boolean | undefined;
  isLegendHidden?: boolean | undefined;
};

/** One of several, each on its own line with room for a hint. */
export function RadioGroup(props: RadioGroupProps) {
  return (
    <Group {...props} className="flex flex-col">
      {props.options.map((option) => (
        <label
          key={option.value}
          className="flex min-h-8 items-start gap-2 py-1.5 pointer-coarse:min-h-11 pointer-coarse:py-3"
        >
          <Radio
            group={props}
            value={option.value}
            className="mt-0.5 size-4 shrink-0 appearance-none rounded-full border border-line-strong bg-well checked:border-[5px] checked:border-accent off:opacity-60 forced-colors:appearance-auto"
          />
          <span>
            {option.label}
            {option.hint !== undefined && (
              <span className="block text-small text-ink-soft">{option.hint}</span>
            )}
          </span>
        </label>
      ))}
    </Group>
  );
}

/** One of a few short choices in a row; still radio buttons to the keyboard and to screen readers. */
export function Segmented(props: RadioGroupProps) {
  return (
    <Group
      {...props}
      className="inline-flex w-fit max-w-full flex-wrap rounded-control border border-line bg-sunken p-0.5"
    >
      {props.options.map((option) => (
        <label
          key={option.value}
          className="relative inline-flex h-7 grow items-center rounded-[5px] border border-transparent px-2.5 max-sm:px-1.5 text-small text-ink-soft has-checked:border-line has-checked:bg-surface has-checked:font-medium has-checked:text-ink has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent pointer-coarse:h-10 pointer-coarse:min-w-11 pointer-coarse:justify-center forced-colors:has-checked:outline-2"
        >
          <Radio group={props} value={option.value} className="sr-only scroll-my-6" />
          {option.label}
        </label>
      ))}
    </Group>
  );
}

function Group({
  legend,
  isLegendHidden,
  describedBy,
  isInvalid,
  className,
  children,
}: RadioGroupProps & { className: string; children: ReactNode }) {
  return (
    <fieldset
      role="radiogroup"
      aria-describedby={describedBy}
      aria-invalid={isInvalid === true ? true : undefined}
      className="min-w-0"
    >
      <legend className={clsx("mb-1 text-small font-medium", isLegendHidden === true && "sr-only")}>
        {legend}
      </legend>
      <div className={className}>{children}</div>
    </fieldset>
  );
}

function Radio({
  group,
  value,
  className,
}: {
  group: RadioGroupProps;
  value: string;
  className: string;
}) {
  return (
    <input
      type="radio"
      name={group.name}
      value={value}
      className={className}
      {...(group.value === undefined
        ? { defaultChecked: group.defaultValue === value }
        : { checked: group.value === value })}
      onChange={() => group.onValueChange?.(value)}
    />
  );
}
