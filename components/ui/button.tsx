"use client";

import { clsx } from "clsx";
import { type ComponentProps, type MouseEvent, type ReactNode, useId } from "react";

import { buttonStyle } from "./button-style";
import { Spinner } from "./spinner";

export type ButtonProps = Omit<ComponentProps<"button">, "disabled"> & {
  variant?: "primary" | "secondary" | "danger" | "ghost" | undefined;
  /** Shows progress inside while the width stays; further presses do nothing. */
  pending?: boolean | undefined;
  /** Why the button is off. The reason stands beside it, and the button stays reachable by keyboard. */
  disabledReason?: string | undefined;
  /** The reason is plain to see: only who does not see it is told. */
  isReasonPlain?: boolean | undefined;
  icon?: ReactNode;
};

export function Button({
  variant,
  pending = false,
  disabledReason,
  isReasonPlain = false,
  icon,
  children,
  className,
  ...rest
}: ButtonProps) {
  const reasonId = useId();
  const hasReason = disabledReason !== undefined;
  const isOff = pending || hasReason;
  const button = (
    <button
      type="button"
      {...rest}
      {...(isOff && { onClick: ignore, "aria-disabled": true })}
      {...(pending && { "aria-busy": true })}
      {...(hasReason && { "aria-describedby": reasonId })}
      className={clsx(buttonStyle({ variant }), className)}
    >
      <span className={clsx("inline-flex items-center gap-1.5", pending && "opacity-0")}>
        {icon}
        {children}
      </span>
      {pending && <Spinner className="absolute inset-0 m-auto" />}
    </button>
  );
  // The frame is there without a reason, too: a button that moved into it would lose the focus.
  return (
    <span className={hasReason ? "inline-flex flex-wrap items-center gap-x-3 gap-y-1" : "contents"}>
      {hasReason && (
        <span id={reasonId} className={isReasonPlain ? "sr-only" : "text-small text-ink-soft"}>
          {disabledReason}
        </span>
      )}
      {button}
    </span>
  );
}

function ignore(event: MouseEvent) {
  event.preventDefault();
  event.stopPropagation();
}
