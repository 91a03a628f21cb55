import { clsx } from "clsx";
import type { ComponentProps } from "react";

import { inputStyle } from "./input-style";

export function Textarea({
  className,
  isCode = false,
  ...rest
}: ComponentProps<"textarea"> & { isCode?: boolean }) {
  return (
    <textarea
      rows={4}
      {...(isCode && { spellCheck: false, autoCapitalize: "off", autoComplete: "off" })}
      {...rest}
      className={clsx(
        inputStyle,
        "block resize-y px-2.5 py-1.5",
        isCode ? "font-mono text-code" : "text-body",
        className,
      )}
    />
  );
}
