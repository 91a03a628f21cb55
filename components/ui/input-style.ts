/** What every text-like control shares. 16 px on touch, else phones zoom into the page. */
export const inputStyle = [
  "w-full min-w-0 rounded-control border border-line-strong bg-well text-ink",
  "transition-[border-color] duration-[120ms] ease-out hover:border-ink-faint",
  "focus-visible:border-accent focus-visible:outline-offset-0",
  "aria-invalid:border-danger aria-invalid:focus-visible:outline-danger",
  "off:border-line off:bg-sunken off:text-ink-faint",
  "pointer-coarse:text-field",
].join(" ");
