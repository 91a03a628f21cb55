/** Where a signed-in person lands when nothing else is asked for. */
export const homePath = "/profile/details";

/**
 * The path to go on to after signing in, or home for anything that is not plainly a path of this origin. The result is
 * judged too: normalising `/.//evil.test` keeps the origin and still gives `//evil.test`.
 */
export function safePath(raw: unknown, origin: string): string {
  if (typeof raw !== "string" || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(raw)) return homePath;
  const url = URL.canParse(raw, origin) ? new URL(raw, origin) : undefined;
  if (!url || url.origin !== origin) return homePath;
  const path = url.pathname + url.search + url.hash;
  return path.startsWith("//") || path.startsWith("/sign-in") ? homePath : path;
}
