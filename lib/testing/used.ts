import type { Caller } from "@/lib/domain/caller";
import { getUsage } from "@/lib/services/limits/get-usage";

/** How many credentials count towards the limits, by the kinds of which there are any. */
export async function usedBy(
  caller: Caller,
  { ownerId }: { ownerId: string },
): Promise<Record<string, number>> {
  const usage = Object.entries(await getUsage(caller, { ownerId }));
  return Object.fromEntries(usage.map(([id, { used }]) => [id, used]).filter(([, used]) => used));
}
