import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { z } from "zod";

import { ConfigError } from "./config-error";
import { allowedHosts } from "./allowed-hosts";
import {
  addressListSchema,
  databaseUrlSchema,
  hostListSchema,
  logLevelSchema,
  mailFromSchema,
  metricsTokenSchema,
  originSchema,
  passwordCostSchema,
  portSchema,
  realmSchema,
  regionSchema,
  smtpUrlSchema,
  tenancyNameSchema,
  tokenAlgorithmSchema,
} from "./setting-schemas";

const schema = z.object({
  PORT: portSchema.default(3000),
  HOST: z.string().optional(),
  LATCHKEY_URL: originSchema.optional(),
  LATCHKEY_HOSTS: hostListSchema.default([]),
  LATCHKEY_TRUSTED_PROXIES: addressListSchema.default([]),
  DATABASE_URL: databaseUrlSchema.optional(),
  LATCHKEY_DATA: z.string().default("data"),
  LATCHKEY_MASTER_KEY: z.string().optional(),
  LATCHKEY_TENANCY_NAME: tenancyNameSchema.default("latchkey"),
  LATCHKEY_REGION: regionSchema.default("us-ashburn-1"),
  LATCHKEY_REALM: realmSchema.default("local"),
  LATCHKEY_ADMIN_PASSWORD: z.string().optional(),
  LATCHKEY_PASSWORD_COST: passwordCostSchema.default("recommended"),
  SMTP_URL: smtpUrlSchema.optional(),
  MAIL_FROM: mailFromSchema.optional(),
  LATCHKEY_METRICS_TOKEN: metricsTokenSchema.optional(),
  LATCHKEY_LOG_LEVEL: logLevelSchema.default("info"),
  LATCHKEY_TOKEN_ALGORITHM: tokenAlgorithmSchema.default("RS256"),
});

type Settings = z.infer<typeof schema>;
type Name = keyof typeof schema.shape;

/** Each of these may be given as the name of a file instead, in a variable that ends in `_FILE`. */
const secrets = [
  "DATABASE_URL",
  "LATCHKEY_MASTER_KEY",
  "LATCHKEY_ADMIN_PASSWORD",
  "SMTP_URL",
  "LATCHKEY_METRICS_TOKEN",
] as const satisfies Name[];

export type Env = ReturnType<typeof parseEnv>;

/**
 * Reads every setting of Latchkey. An empty variable counts as unset. Throws `ConfigError` with a sentence for each
 * wrong one; the sentence never repeats the value, which may be a secret.
 */
export function parseEnv(source: NodeJS.ProcessEnv) {
  const outcome = schema.safeParse(collect(source));
  if (!outcome.success) throw new ConfigError(outcome.error.issues.map(sentence).join("\n"));
  return toEnv(outcome.data, source["NODE_ENV"] === "production");
}

/** The settings of this process. Nothing else reads the environment. */
export function processEnv(): Env {
  return parseEnv(process.env);
}

function toEnv(settings: Settings, isProduction: boolean) {
  const url = settings.LATCHKEY_URL ?? `http://localhost:${settings.PORT}`;
  return Object.freeze({
    port: settings.PORT,
    // Unless somebody says what its public address is, nobody outside this machine may reach it.
    host: settings.HOST ?? (settings.LATCHKEY_URL === undefined ? "127.0.0.1" : "0.0.0.0"),
    url,
    hosts: allowedHosts(url, settings.LATCHKEY_HOSTS),
    trustedProxies: settings.LATCHKEY_TRUSTED_PROXIES,
    databaseUrl: settings.DATABASE_URL,
    dataDir: resolve(settings.LATCHKEY_DATA),
    masterKey: settings.LATCHKEY_MASTER_KEY,
    tenancyName: settings.LATCHKEY_TENANCY_NAME,
    region: settings.LATCHKEY_REGION,
    realm: settings.LATCHKEY_REALM,
    adminPassword: settings.LATCHKEY_ADMIN_PASSWORD,
    passwordCost: settings.LATCHKEY_PASSWORD_COST,
    smtpUrl: settings.SMTP_URL,
    mailFrom: settings.MAIL_FROM ?? `Latchkey <latchkey@${new URL(url).hostname}>`,
    metricsToken: settings.LATCHKEY_METRICS_TOKEN,
    logLevel: settings.LATCHKEY_LOG_LEVEL,
    tokenAlgorithm: settings.LATCHKEY_TOKEN_ALGORITHM,
    isHttps: url.startsWith("https:"),
    isProduction,
  });
}

function collect(source: NodeJS.ProcessEnv): Record<string, string> {
  const given = Object.keys(schema.shape).map((name) => [name, source[name]?.trim()] as const);
  const values = new Map(
    given.filter((entry): entry is readonly [string, string] => Boolean(entry[1])),
  );
  for (const name of secrets) {
    const file = source[`${name}_FILE`];
    if (file === undefined || file === "") continue;
    if (values.has(name))
      throw new ConfigError(`${name} and ${name}_FILE are both set. Remove one of them.`);
    values.set(name, readSecret(`${name}_FILE`, file));
  }
  return Object.fromEntries(values);
}

function readSecret(variable: string, file: string): string {
  let content: string;
  try {
    content = readFileSync(file, "utf8").trim();
  } catch (error) {
    throw new ConfigError(
      `${variable} names ${file}, which cannot be read. Correct the path or its permissions.`,
      error,
    );
  }
  if (content === "")
    throw new ConfigError(`${variable} names ${file}, which is empty. Write the secret into it.`);
  return content;
}

function sentence(issue: z.core.$ZodIssue): string {
  return `${String(issue.path[0])} ${issue.message}.`;
}
