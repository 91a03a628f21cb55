import pino from "pino";
import { Registry } from "prom-client";
import { z } from "zod";

import { parseEnv } from "@/lib/config/env";
import { startRuntime } from "@/lib/config/runtime";
import { createPool, databaseOn } from "@/lib/data/db";

import { openMasterKey } from "../master-key/open-master-key";
import { startMailWorker } from "./worker";

/** A process that does nothing but send mail, for a test to kill. */
const settings = z
  .object({
    databaseUrl: z.string(),
    smtpUrl: z.string(),
    masterKey: z.base64(),
    tenancy: z.object({ id: z.string(), name: z.string(), realm: z.string(), region: z.string() }),
  })
  .parse(JSON.parse(process.argv[2] ?? "{}"));

const env = parseEnv({
  NODE_ENV: "test",
  SMTP_URL: settings.smtpUrl,
  MAIL_FROM: "latchkey@latchkey.example",
  LATCHKEY_MASTER_KEY: settings.masterKey,
});
const pool = createPool(settings.databaseUrl, { restricted: true });
startRuntime({
  env,
  log: pino({ level: "silent" }),
  pool,
  ...(await databaseOn(pool).transaction((tx) => openMasterKey(tx, env))),
  tenancy: settings.tenancy,
  metrics: new Registry(),
  singles: new Map(),
});
startMailWorker({ pollMilliseconds: 50, leaseSeconds: 1 });
