import { settleAdministrator } from "./console-session";
import { beginRun, dropDatabasesOfRun } from "./database";
import { startServer } from "./server";
import { stageVariable, type StageData } from "./browser-stage";

/** One server for all browser tests, its administrator settled. The workers find it through the environment. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  beginRun();
  const server = await startServer();
  const { signer } = await settleAdministrator(server);
  const { privateKey, ...key } = signer;
  const stage: StageData = {
    url: server.url,
    dataDir: server.dataDir,
    key,
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
  process.env[stageVariable] = JSON.stringify(stage);
  return async () => {
    await server.stop();
    await dropDatabasesOfRun();
  };
}
