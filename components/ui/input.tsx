import { clsx } from "clsx";
import type { ComponentProps } from "react";

import { inputStyle } from "./input-style";

export type InputProps = ComponentProps<"input"> & {
  /** For what is compared character by character. */
  isCode?: boolean | undefined;
};

export function Input({ className, isCode = false, ...rest }: InputProps) {
  return (
    <input
      type="text"
      {...rest}
      className={clsx(
        inputStyle,
        "h-8 px-2.5 pointer-coarse:h-11",
        isCode ? "font-mono text-code" : "text-body",
        className,
      )}
    />
  );
}
