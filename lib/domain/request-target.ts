/**
 * Whether the path of a request target holds `.` or `..` as a segment, escaped or not, with either slash. A router
 * would resolve it, and nobody signed the result.
 */
export function hasDotSegment(target: string): boolean {
  const [path = ""] = target.split("?", 1);
  return /(^|[/\\])(\.|%2e){1,2}([/\\]|$)/i.test(path);
}
