import "server-only";
import type { Pool } from "pg";
import type { Logger } from "pino";

import { ConfigError } from "@/lib/config/config-error";
import type { Env } from "@/lib/config/env";
import { createPool } from "@/lib/data/db";
import { findLooseSettings } from "@/lib/data/durability";
import { startEmbedded } from "@/lib/data/embedded";
import { migrate } from "@/lib/data/migrate";

export interface StartedDatabase {
  readonly pool: Pool;
  stop(): Promise<void>;
}

/** The database of the configuration, migrated: the embedded one, or whatever DATABASE_URL names. */
export async function startDatabase(env: Env, log: Logger): Promise<StartedDatabase> {
  const embedded =
    env.databaseUrl === undefined
      ? await startEmbedded({ dataDir: env.dataDir, log: plain(log) })
      : undefined;
  try {
    const pool = await openDatabase(env.databaseUrl ?? embedded?.url ?? "", env, log);
    return {
      pool,
      stop: async () => {
        await pool.end();
        await embedded?.stop();
      },
    };
  } catch (error) {
    await embedded?.stop();
    throw error;
  }
}

async function openDatabase(url: string, env: Env, log: Logger): Promise<Pool> {
  const { restricted } = await migrate(url);
  if (!restricted)
    log.warn(
      "This database user cannot make roles; triggers alone keep the audit trail append-only.",
    );
  const pool = createPool(url, { restricted });
  // Without a listener the loss of an idle connection would end the process.
  pool.on("error", (error) => log.warn({ err: error }, "a database connection was lost"));
  await requireDurability(pool, env, log);
  return pool;
}

/** An acknowledged change survives a crash only if the database keeps its word. */
async function requireDurability(pool: Pool, { isProduction }: Env, log: Logger): Promise<void> {
  const loose = await findLooseSettings(pool);
  if (loose.length === 0) return;
  const sentence = `The database has ${loose.join(", ")} switched off and may lose what it has acknowledged. Switch it on.`;
  if (!isProduction) return log.warn(sentence);
  await pool.end();
  throw new ConfigError(sentence);
}

const plain = (log: Logger) => ({
  info: (message: string) => log.info(message),
  warn: (message: string) => log.warn(message),
});
