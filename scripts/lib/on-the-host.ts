import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { ConfigError } from "@/lib/config/config-error";
import { type Env, processEnv } from "@/lib/config/env";
import { explainStart } from "@/lib/front-door/explain";
import { makeLogs } from "@/lib/front-door/log";
import { startDatabase } from "@/lib/front-door/start-database";
import { buildRuntime } from "@/lib/front-door/start-runtime";

/**
 * Does the operator's work on the configured database, running or not, leaves it as it was found, and ends the process:
 * with the code that `work` answers, or with 1 and a sentence. `explain` turns what only this command knows into one.
 */
export function runOnTheHost(
  work: () => Promise<number>,
  explain: (error: unknown) => string | undefined = () => undefined,
): void {
  onDatabase(work).then(
    (code) => process.exit(code),
    async (error: unknown) => {
      process.stderr.write(`${explain(error) ?? explainStart(error)}\n`);
      // Lets the supervisor of the embedded database leave it in order.
      await sleep(50);
      process.exit(1);
    },
  );
}

async function onDatabase(work: () => Promise<number>): Promise<number> {
  const env = processEnv();
  requireDatabase(env);
  const { log } = makeLogs("error");
  const database = await startDatabase(env, log);
  try {
    await buildRuntime(env, log, database.pool);
    return await work();
  } finally {
    await database.stop();
  }
}

/** A mistyped data directory must not become a second, empty Latchkey whose password opens nothing. */
function requireDatabase({ databaseUrl, dataDir }: Env): void {
  if (databaseUrl !== undefined || existsSync(join(dataDir, "postgres"))) return;
  throw new ConfigError(
    `There is no Latchkey database in ${dataDir}. Run this where the server runs, with the same LATCHKEY_DATA or DATABASE_URL.`,
  );
}
