import { clsx } from "clsx";

/** A wait. Decorative: whoever shows it says in words, or by `aria-busy`, what is waited for. */
export function Spinner({ className }: { className?: string | undefined }) {
  return (
    <svg
      aria-hidden="true"
      data-spinner=""
      viewBox="0 0 16 16"
      className={clsx("size-4 animate-[spin_800ms_linear_infinite]", className)}
    >
      <circle
        cx="8"
        cy="8"
        r="6.25"
        fill="none"
        stroke="currentColor"
        strokeOpacity="0.25"
        strokeWidth="1.5"
      />
      <path
        d="M8 1.75a6.25 6.25 0 0 1 6.25 6.25"
        fill="none"
        stroke="currentColor"
        strokeLinecap="round"
        strokeWidth="1.5"
      />
    </svg>
  );
}
