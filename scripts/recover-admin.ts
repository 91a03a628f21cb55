import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { ConfigError } from "@/lib/config/config-error";
import { type Env, processEnv } from "@/lib/config/env";
import { EmbeddedError } from "@/lib/data/embedded/embedded-error";
import { isAppError } from "@/lib/domain/errors";
import { makeLog } from "@/lib/front-door/log";
import { startDatabase } from "@/lib/front-door/start-database";
import { buildRuntime } from "@/lib/front-door/start-runtime";
import { recoverAdministrator } from "@/lib/services/users/recover-administrator";

/** Uses the database of the configuration, running or not, and leaves it as it was found. */
async function recover(name: string): Promise<void> {
  const env = processEnv();
  requireDatabase(env);
  const log = makeLog("error");
  const database = await startDatabase(env, log);
  try {
    await buildRuntime(env, log, database.pool);
    const { name: found, oneTimePassword } = await recoverAdministrator(name);
    process.stdout.write(`One-time password for ${found}: ${oneTimePassword}\n`);
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

function explain(error: unknown, name: string): string {
  if (error instanceof ConfigError || error instanceof EmbeddedError) return error.message;
  if (isAppError(error))
    return error.code === "not_found" ? `Nobody here is named ${name}.` : error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const name = process.argv[2] ?? "admin";
recover(name).then(
  () => process.exit(0),
  async (error: unknown) => {
    process.stderr.write(`${explain(error, name)}\n`);
    // Lets the supervisor of the embedded database leave it in order.
    await sleep(50);
    process.exit(1);
  },
);
