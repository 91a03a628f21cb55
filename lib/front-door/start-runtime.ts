import "server-only";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { Pool } from "pg";
import type { Logger } from "pino";

import type { Env } from "@/lib/config/env";
import { loadMasterKey } from "@/lib/config/master-key";
import { startRuntime } from "@/lib/config/runtime";
import { databaseOn } from "@/lib/data/db";
import { bootstrap, type FirstPassword } from "@/lib/services/bootstrap";
import { requireMasterKey } from "@/lib/services/require-master-key";

/** Builds what the process has one of, tenancy and first administrator included. Call before Next is loaded. */
export async function buildRuntime(
  env: Env,
  log: Logger,
  pool: Pool,
): Promise<{ firstPassword: FirstPassword | null }> {
  const masterKey = loadMasterKey(env);
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const { tenancy, firstPassword } = await databaseOn(pool).transaction(async (tx) => {
    await requireMasterKey(tx, masterKey);
    return bootstrap(tx, env, log);
  });
  startRuntime({ env, log, pool, masterKey, tenancy, metrics, singles: new Map() });
  return { firstPassword };
}
