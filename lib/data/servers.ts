import "server-only";
import { asc, eq, gt, lt, sql } from "drizzle-orm";

import type { Tx } from "./db";
import { servers } from "./schema/servers";

/** Whoever was not seen for so long has ended without a word. */
const silentSeconds = 20;

export interface ServerRow {
  id: string;
  name: string;
  masterKeyIds: string[];
}

/** Says that a process serves, and what it knows. */
export async function announceServer(tx: Tx, server: ServerRow): Promise<void> {
  const { name, masterKeyIds } = server;
  await tx
    .insert(servers)
    .values(server)
    .onConflictDoUpdate({
      target: servers.id,
      set: { name, masterKeyIds, seenAt: sql`now()` },
    });
}

export async function withdrawServer(tx: Tx, id: string): Promise<void> {
  await tx.delete(servers).where(eq(servers.id, id));
}

/** The processes that serve at this moment. */
export function listServers(tx: Tx): Promise<ServerRow[]> {
  return tx
    .select({ id: servers.id, name: servers.name, masterKeyIds: servers.masterKeyIds })
    .from(servers)
    .where(gt(servers.seenAt, sql`now() - make_interval(secs => ${silentSeconds})`))
    .orderBy(asc(servers.startedAt), asc(servers.id));
}

/** Deletes those that ended without a word. */
export async function purgeServers(tx: Tx): Promise<void> {
  await tx.delete(servers).where(lt(servers.seenAt, sql`now() - interval '1 hour'`));
}
