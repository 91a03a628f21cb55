import "server-only";
import { runtime } from "@/lib/config/runtime";
import { transaction, type Tx } from "@/lib/data/db";
import { type SealedColumn, sealedColumns, type SealedValue } from "@/lib/data/sealed-columns";
import { reseal, SealError, sealedPrefix } from "@/lib/secrets/seal";

export interface Pass {
  readonly rewrapped: number;
  /** Where values were met that no known key opens. */
  readonly broken: readonly string[];
}

/**
 * Goes once over everything that is sealed and wraps anew, with this master key, what another one wraps. What is done
 * is done: a value's own text says with which key it is wrapped, so an interrupted pass leaves nothing to remember.
 */
export async function rewrap(keyId: string, tell: (done: number) => void): Promise<Pass> {
  const broken: string[] = [];
  let rewrapped = 0;
  for (const column of sealedColumns) {
    let after: readonly unknown[] | undefined;
    do {
      const batch = await transaction((tx) => rewrapBatch(tx, column, keyId, after));
      after = batch.after;
      rewrapped += batch.rewrapped;
      broken.push(...batch.broken);
      if (batch.rewrapped > 0) tell(rewrapped);
    } while (after !== undefined);
  }
  return { rewrapped, broken };
}

/** How many values are wrapped with another key than this. */
export async function countOthers(tx: Tx, keyId: string): Promise<number> {
  let others = 0;
  for (const column of sealedColumns) others += await column.countOthers(tx, sealedPrefix(keyId));
  return others;
}

async function rewrapBatch(
  tx: Tx,
  column: SealedColumn,
  keyId: string,
  after: readonly unknown[] | undefined,
) {
  const values = await column.lockOthers(tx, {
    prefix: sealedPrefix(keyId),
    tenancyId: runtime().tenancy.id,
    after,
    most: batchSize,
  });
  const broken: string[] = [];
  for (const value of values) {
    const resealed = rewrapped(value, keyId);
    if (resealed === undefined) broken.push(`${column.name} of ${value.cursor.join(" ")}`);
    else await value.save(tx, resealed);
  }
  return {
    rewrapped: values.length - broken.length,
    broken,
    after: values.length === batchSize ? values.at(-1)?.cursor : undefined,
  };
}

function rewrapped({ sealed, place }: SealedValue, keyId: string): string | undefined {
  const { masterKeys } = runtime();
  const masterKey = masterKeys.find(keyId);
  if (masterKey === undefined) throw new Error("The new master key is gone.");
  try {
    return reseal(masterKey, masterKeys, sealed, place);
  } catch (error) {
    if (error instanceof SealError) return undefined;
    throw error;
  }
}

const batchSize = 100;
