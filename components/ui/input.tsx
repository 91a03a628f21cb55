import { clsx } from "clsx";
import type { ComponentProps } from "react";

import { inputStyle } from "./input-style";

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return (
    <input
      type="text"
      {...rest}
      className={clsx(inputStyle, "h-8 px-2.5 text-body pointer-coarse:h-11", className)}
    />
  );
}
