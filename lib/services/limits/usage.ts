import "server-only";
import type { Tx } from "@/lib/data/db";
import { findUsage } from "@/lib/data/limits";
import type { CredentialKind } from "@/lib/domain/credentials/kind";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { type Limits, tenancyLimits } from "@/lib/domain/settings/limits";

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
    credentialKinds.map((kind) => {
      const { id } = kind;
      const own = found.own[id] ?? null;
      const tenancy = limitForAll(forAll, kind);
      const isAsked = found.asked.includes(id);
      return [id, { used: found.used[id] ?? 0, limit: own ?? tenancy, own, tenancy, isAsked }];
    }),
  );
}

/** What holds for everybody who has no limit of their own. */
export function limitForAll(
  settings: Limits,
  { id, maxPerUser }: Pick<CredentialKind, "id" | "maxPerUser">,
): number {
  return settings[id] ?? maxPerUser;
}

/** The same of one kind. */
export async function usageOfKind(tx: Tx, userId: string, kindId: string): Promise<KindUsage> {
  const usage = (await usageOf(tx, userId))[kindId];
  if (!usage) throw new Error(`There is no kind ${kindId}.`);
  return usage;
}
