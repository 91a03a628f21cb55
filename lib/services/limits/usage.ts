import "server-only";
import type { Tx } from "@/lib/data/db";
import { findUsage } from "@/lib/data/limits";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { tenancyLimits } from "@/lib/domain/settings/limits";

/** How many of a kind a user has, and how many they may have. */
export interface KindUsage {
  readonly used: number;
  readonly limit: number;
  /** The user's own limit; null where the tenancy's holds. */
  readonly own: number | null;
  /** What holds for everybody. */
  readonly tenancy: number;
  /** A higher limit is asked for, and nobody has decided. */
  readonly isAsked: boolean;
}

/** For every kind, by its id. Under the owner's lock it holds until the transaction ends. */
export async function usageOf(
  tx: Tx,
  userId: string,
): Promise<Readonly<Record<string, KindUsage>>> {
  const found = await findUsage(tx, userId);
  const forAll = tenancyLimits.parse(found.tenancy ?? {});
  return Object.fromEntries(
    credentialKinds.map(({ id, maxPerUser }) => {
      const own = found.own[id] ?? null;
      const tenancy = forAll[id] ?? maxPerUser;
      const isAsked = found.asked.includes(id);
      return [id, { used: found.used[id] ?? 0, limit: own ?? tenancy, own, tenancy, isAsked }];
    }),
  );
}

/** The same of one kind. */
export async function usageOfKind(tx: Tx, userId: string, kindId: string): Promise<KindUsage> {
  const usage = (await usageOf(tx, userId))[kindId];
  if (!usage) throw new Error(`There is no kind ${kindId}.`);
  return usage;
}
