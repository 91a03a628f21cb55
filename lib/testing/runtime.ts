import { randomBytes } from "node:crypto";

import { pino } from "pino";
import { Registry } from "prom-client";

import { parseEnv } from "@/lib/config/env";
import { type Runtime, startRuntime } from "@/lib/config/runtime";
import { createPool, databaseOn, reading, transaction } from "@/lib/data/db";
import { findUserByNameKey, type UserRow } from "@/lib/data/users";
import { bootstrap } from "@/lib/services/bootstrap";
import { openMasterKey } from "@/lib/services/master-key/open-master-key";

import { createTestDatabase } from "./database";
import { withClient } from "./template";

export interface TestRuntime {
  readonly runtime: Runtime;
  /** Every line that was logged, as text. */
  readonly logged: readonly string[];
  readonly admin: UserRow;
  /** The administrator's one-time password, as a first start prints it. */
  readonly firstPassword: string;
  /** Tells the planner what is in a table: the role of the pool may not. */
  analyze(table: string): Promise<unknown>;
  stop(): Promise<void>;
}

/** A runtime of its own for a test file: fresh database, bootstrapped tenancy, log kept in memory. */
export async function startTestRuntime(
  settings: Record<string, string> = {},
): Promise<TestRuntime> {
  const database = await createTestDatabase();
  const pool = createPool(database.url, { restricted: true });
  pool.on("error", () => undefined);
  const lines: string[] = [];
  const log = pino({ level: "trace" }, { write: (line) => lines.push(line) });
  const env = parseEnv({
    NODE_ENV: "test",
    DATABASE_URL: database.url,
    LATCHKEY_PASSWORD_COST: "least",
    LATCHKEY_MASTER_KEY: randomBytes(32).toString("base64"),
    ...settings,
  });
  const unborn = { id: "", name: "", realm: env.realm, region: env.region };
  const keys = await databaseOn(pool).transaction((tx) => openMasterKey(tx, env));
  const parts = { env, log, pool, ...keys, metrics: new Registry() };
  // `transaction` takes the pool from the runtime, and the tenancy is only known after it.
  startRuntime({ ...parts, tenancy: unborn, singles: new Map() });
  const { tenancy, firstPassword } = await transaction((tx) => bootstrap(tx, env, log));
  const runtime = { ...parts, tenancy, singles: new Map<string, unknown>() };
  startRuntime(runtime);
  const admin = await reading((tx) => findUserByNameKey(tx, "admin"));
  if (!admin) throw new Error("Bootstrap made no administrator.");
  return {
    runtime,
    logged: lines,
    admin,
    firstPassword: firstPassword?.secret ?? "",
    analyze: (table) =>
      withClient(database.url, (client) =>
        client.query(`analyze ${client.escapeIdentifier(table)}`),
      ),
    stop: async () => {
      await pool.end();
      await database.drop();
    },
  };
}
