import { durations } from "../durations";

type Instant = Date | string;

/**
 * Whether ending it would surprise somebody: it was used in the last seven days, and if it was replaced, since then.
 */
export function isInUse(
  { lastUsedAt, replacedAt }: { lastUsedAt: Instant | null; replacedAt: Instant | null },
  now: number,
): boolean {
  if (lastUsedAt === null) return false;
  const used = new Date(lastUsedAt).getTime();
  const wasReplacedSince = replacedAt !== null && used < new Date(replacedAt).getTime();
  return !wasReplacedSince && now - used < durations.recentUse * 1_000;
}
