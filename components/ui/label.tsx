import { clsx } from "clsx";
import type { ComponentProps } from "react";

export function Label({
  className,
  children,
  htmlFor,
  ...rest
}: ComponentProps<"label"> & { htmlFor: string }) {
  return (
    <label
      {...rest}
      htmlFor={htmlFor}
      className={clsx("text-small font-medium text-ink", className)}
    >
      {children}
    </label>
  );
}
