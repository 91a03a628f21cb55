import "server-only";
import { collectDefaultMetrics, Registry } from "prom-client";
import type { Pool } from "pg";
import type { Logger } from "pino";

import type { Env } from "@/lib/config/env";
import { startRuntime } from "@/lib/config/runtime";
import { databaseOn } from "@/lib/data/db";
import { bootstrap, type FirstPassword } from "@/lib/services/bootstrap";
import { openMasterKey } from "@/lib/services/master-key/open-master-key";

import { registerProcessMetrics } from "./process-metrics";

/** Builds what the process has one of, tenancy and first administrator included. Call before Next is loaded. */
export async function buildRuntime(
  env: Env,
  log: Logger,
  pool: Pool,
): Promise<{ firstPassword: FirstPassword | null }> {
  const metrics = new Registry();
  collectDefaultMetrics({ register: metrics });
  const { keys, tenancy, firstPassword } = await databaseOn(pool).transaction(async (tx) => ({
    keys: await openMasterKey(tx, env),
    ...(await bootstrap(tx, env, log)),
  }));
  startRuntime({ env, log, pool, ...keys, tenancy, metrics, singles: new Map() });
  registerProcessMetrics(metrics);
  return { firstPassword };
}
