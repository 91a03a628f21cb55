import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";

import { root } from "../lib/run.mjs";

/** A server of its own for the pictures, on a data directory that is thrown away. */
export async function startServer(dataDir) {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, "dist/server.js")], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "production",
      PORT: String(port),
      LATCHKEY_DATA: dataDir,
      LATCHKEY_URL: `http://localhost:${port}`,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let output = "";
  await new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error(`The server did not start:\n${output}`)));
    child.stdout.on("data", (chunk) => {
      output += chunk;
      if (output.includes("Latchkey is ready at")) resolve();
    });
  });
  return {
    url: `http://localhost:${port}`,
    oneTimePassword: /^One-time password for admin: (\S+)$/m.exec(output)?.[1] ?? "",
    stop: async () => {
      child.kill("SIGTERM");
      if (child.exitCode === null) await once(child, "exit");
    },
  };
}

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}
