import { cva } from "class-variance-authority";

/** The look of a button, for a `<button>` and for a link that acts like one. */
export const buttonStyle = cva(
  [
    "relative inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control font-medium whitespace-nowrap select-none",
    "transition-[background-color,border-color,color] duration-[120ms] ease-out pointer-coarse:min-h-11",
  ],
  {
    variants: {
      variant: {
        // An edge that only forced colours show: they take the background away.
        primary:
          "border border-transparent bg-accent text-on-accent hover:bg-accent-strong off:bg-raised off:text-ink-faint off:hover:bg-raised",
        secondary:
          "border border-line bg-surface text-ink hover:border-line-strong hover:bg-sunken off:border-line off:bg-transparent off:text-ink-faint",
        danger:
          "border border-transparent bg-danger text-on-danger hover:bg-danger-strong off:bg-raised off:text-ink-faint off:hover:bg-raised",
        ghost: "text-ink-soft hover:bg-raised hover:text-ink off:bg-transparent off:text-ink-faint",
      },
      size: {
        regular: "h-8 px-3 text-small",
        icon: "size-8 pointer-coarse:min-w-11",
      },
    },
    defaultVariants: { variant: "secondary", size: "regular" },
  },
);
