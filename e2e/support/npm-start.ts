import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";

import { dataSettings } from "./database";
import { freePort } from "./server";

/** `npm start` on a data directory, ended once it is ready: how long that took, and all that it wrote. */
export async function startByNpm(
  dataDir: string,
): Promise<{ milliseconds: number; output: string }> {
  const PORT = String(await freePort());
  const since = performance.now();
  const child = spawn("npm", ["start"], {
    env: { ...process.env, PORT, ...dataSettings(dataDir) },
    stdio: ["ignore", "pipe", "pipe"],
    // Its own group, so that the end reaches npm and what it started.
    detached: true,
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const gone = once(child, "close");
  while (!/^Latchkey is ready at /m.test(output) && child.exitCode === null) await sleep(5);
  const milliseconds = performance.now() - since;
  if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, "SIGTERM");
  await gone;
  return { milliseconds, output };
}
