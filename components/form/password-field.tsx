"use client";

import { type ComponentProps, type ReactNode, useState } from "react";

import { Checkbox } from "@/components/ui/checkbox";
import { Input } from "@/components/ui/input";
import { useHydrated } from "@/lib/client/hydrated";

import { FieldFrame, type FieldProps } from "./field";
import { useFieldState } from "./form-context";

export type PasswordFieldProps = FieldProps &
  Omit<
    ComponentProps<"input">,
    "type" | "name" | "id" | "aria-invalid" | "aria-describedby" | "autoComplete"
  > & {
    autoComplete: "current-password" | "new-password" | "off" | "one-time-code";
    /** Beside the label: the link *Forgot password*. */
    aside?: ReactNode;
    /** Off for a second password field, which follows the first one's toggle by `isShown`. */
    hasToggle?: boolean | undefined;
    isShown?: boolean | undefined;
    onShownChange?: ((isShown: boolean) => void) | undefined;
  };

export function PasswordField(props: PasswordFieldProps) {
  const {
    name,
    label,
    hint,
    isOptional,
    aside,
    hasToggle = true,
    isShown,
    onShownChange,
    ...rest
  } = props;
  const { id, problem, control } = useFieldState(name, hint !== undefined);
  const [isShownHere, setIsShownHere] = useState(false);
  // Without JavaScript the toggle would be a promise that nothing keeps; its room is kept all the same.
  const isHydrated = useHydrated();
  const isVisible = isShown ?? isShownHere;
  return (
    <div>
      <FieldFrame {...{ name, label, hint, isOptional, id, problem, aside }}>
        <Input
          spellCheck={false}
          autoCapitalize="off"
          autoCorrect="off"
          {...rest}
          {...control}
          aria-required={isOptional === true ? undefined : true}
          type={isVisible ? "text" : "password"}
        />
      </FieldFrame>
      {hasToggle && (
        <Checkbox
          label="Show characters"
          className={isHydrated ? "text-small text-ink-soft" : "invisible text-small"}
          checked={isVisible}
          onChange={(event) => {
            setIsShownHere(event.target.checked);
            onShownChange?.(event.target.checked);
          }}
        />
      )}
    </div>
  );
}
