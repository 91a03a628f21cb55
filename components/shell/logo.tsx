/** The mark: a house whose door is a keyhole. */
export function Logo({ className = "size-[18px]" }: { className?: string | undefined }) {
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 18 18"
      className={className}
      fill="none"
      stroke="currentColor"
    >
      <path d="M2.25 8.25 9 2.25l6.75 6v7.5h-13.5z" strokeWidth="1.5" strokeLinejoin="round" />
      <circle cx="9" cy="9.5" r="1.6" fill="currentColor" stroke="none" />
      <path d="M9 10v3.25" strokeWidth="1.5" strokeLinecap="round" />
    </svg>
  );
}
