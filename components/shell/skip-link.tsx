export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-80 focus:rounded-control focus:border focus:border-line focus:bg-surface focus:px-3 focus:py-1.5 focus:text-ink"
    >
      Skip to content
    </a>
  );
}
