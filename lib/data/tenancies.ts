import "server-only";
import { eq } from "drizzle-orm";

import type { Tx } from "./db";
import { tenancies } from "./schema/tenancies";

const columns = {
  id: tenancies.id,
  name: tenancies.name,
  realm: tenancies.realm,
  region: tenancies.region,
  createdAt: tenancies.createdAt,
};

/** The tenancy, and whether this call made it: of several starters exactly one does. */
export async function ensureTenancy(
  tx: Tx,
  wanted: { id: string; name: string; realm: string; region: string },
) {
  const [made] = await tx.insert(tenancies).values(wanted).onConflictDoNothing().returning(columns);
  if (made) return { tenancy: made, isNew: true };
  const [found] = await tx.select(columns).from(tenancies).where(eq(tenancies.name, wanted.name));
  if (!found) throw new Error("The tenancy vanished while it was being made.");
  return { tenancy: found, isNew: false };
}

export async function findTenancy(tx: Tx) {
  const [found] = await tx.select(columns).from(tenancies).limit(1);
  return found;
}
