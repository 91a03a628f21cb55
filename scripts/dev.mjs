import { spawn } from "node:child_process";
import { once } from "node:events";

import { buildServer } from "./build.mjs";
import { ensureInstalled } from "./lib/ensure.mjs";
import { root, tellAndExit } from "./lib/run.mjs";

/** Runs the server, and runs it anew whenever its own sources change. Pages reload by themselves: Next watches those. */
let server;
let isEnding = false;

async function restart(result) {
  if (result.errors.length > 0) return;
  const previous = server;
  server = undefined;
  if (previous !== undefined && previous.exitCode === null && previous.signalCode === null) {
    previous.kill("SIGTERM");
    await once(previous, "exit");
  }
  if (!isEnding) server = start();
}

function start() {
  return spawn(process.execPath, ["--enable-source-maps", "dist/server.js"], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "development", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: "inherit",
  });
}

async function end() {
  if (isEnding) return;
  isEnding = true;
  if (server !== undefined && server.exitCode === null && server.signalCode === null) {
    server.kill("SIGTERM");
    await once(server, "exit");
  }
  process.exit(0);
}

process.on("SIGINT", end);
process.on("SIGTERM", end);
await ensureInstalled()
  .then(() => buildServer({ onRebuild: restart }))
  .catch(tellAndExit);
