import { spawn } from "node:child_process";
import { once } from "node:events";

import { freePort } from "../e2e/support/server";

interface RunningProgram {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts one of the bench's own servers in a process of its own; it listens on PORT and then says so. */
export async function startProgram(
  name: string,
  env: Record<string, string>,
): Promise<RunningProgram> {
  const port = await freePort();
  const child = spawn(process.execPath, [`dist/${name}.js`], {
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      PORT: String(port),
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
    },
  };
}
