import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

import { processEnv } from "@/lib/config/env";
import { runtime } from "@/lib/config/runtime";
import { reading } from "@/lib/data/db";
import { findUserByNameKey } from "@/lib/data/users";
import { PolicySet } from "@/lib/domain/policies/policy-set";
import { allCapabilities } from "@/lib/domain/users/capabilities";
import { makeLogs } from "@/lib/front-door/log";
import { requestListener } from "@/lib/front-door/request-listener";
import { startDatabase } from "@/lib/front-door/start-database";
import { buildRuntime } from "@/lib/front-door/start-runtime";
import { issueCredential } from "@/lib/services/credentials/issue-credential";

/**
 * The server without its pages: database, front door and machine APIs, with an API key for the first administrator.
 * The last line on standard output tells a client all it needs. SIGTERM ends it.
 */
const env = processEnv();
const { log, requestLog } = makeLogs(env.logLevel);
const database = await startDatabase(env, log);
await buildRuntime(env, log, database.pool);
const { userId, fingerprint, keyFile } = await giveKey();
const pages = () => {
  throw new Error("This stage has no pages.");
};
const isDraining = () => false;
const server = createServer(requestListener({ env, requestLog, pages, isDraining }));
await new Promise<void>((resolve) => server.listen(env.port, env.host, resolve));
process.once("SIGTERM", () => {
  server.close(() => void database.stop().then(() => process.exit(0)));
  server.closeAllConnections();
});
const tenancy = runtime().tenancy.id;
process.stdout.write(
  `${JSON.stringify({ endpoint: env.url, tenancy, userId, fingerprint, keyFile })}\n`,
);

async function giveKey() {
  const { tenancy: home } = runtime();
  const admin = await reading((tx) => findUserByNameKey(tx, "admin"));
  if (!admin) throw new Error("The first start made no administrator.");
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const { credential } = await issueCredential(
    {
      userId: admin.id,
      name: admin.name,
      kind: admin.kind,
      tenancyId: home.id,
      groups: [],
      policies: new PolicySet([]),
      capabilities: allCapabilities,
      version: admin.version,
      proof: { type: "signature", credentialId: "", fingerprint: "" },
      origin: { requestId: "stage", address: "localhost", client: "host" },
    },
    {
      ownerId: admin.id,
      kind: "api_key",
      values: { name: "stage", key: publicKey.export({ type: "spki", format: "pem" }) },
    },
  );
  const file = join(env.dataDir, "stage-key.pem");
  writeFileSync(file, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600 });
  return { userId: admin.id, fingerprint: credential.publicId, keyFile: file };
}
