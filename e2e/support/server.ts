import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { dataSettings, ensureDatabase } from "./database";

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly pid: number;
  /** What the terminal showed of it; undefined when this start showed none. */
  readonly firstPassword: string | undefined;
  /** Everything it wrote so far, both streams. */
  output(): string;
  /** SIGTERM, and the exit code once it is gone. */
  stop(): Promise<number | null>;
  /** SIGKILL: no goodbye. */
  kill(): Promise<void>;
}

export interface ServerOptions {
  port?: number;
  dataDir?: string;
  env?: Record<string, string>;
  /** A command that runs the server's. */
  prefix?: readonly string[];
  /** Another folder with the product in it. */
  cwd?: string;
  /** Ends it with SIGKILL, be it ready or not. */
  killedBy?: AbortSignal;
}

const readyLine = /^Latchkey is ready at (\S+)$/m;

/** Starts the built server as an operator would, and waits for its last line. Two with one `dataDir` share a database. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const port = options.port ?? (await freePort());
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), "latchkey-e2e-"));
  await ensureDatabase(dataDir);
  const [program = "", ...words] = [...(options.prefix ?? []), process.execPath, "dist/server.js"];
  const child = spawn(program, words, {
    env: {
      ...cleanEnvironment(),
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      PORT: String(port),
      // Tests sign in thousands of times.
      LATCHKEY_PASSWORD_COST: "least",
      ...dataSettings(dataDir),
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.cwd !== undefined && { cwd: options.cwd }),
  });
  options.killedBy?.addEventListener("abort", () => child.kill("SIGKILL"));
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const url = await ready(child, () => output);
  return {
    url,
    port,
    dataDir,
    pid: child.pid ?? 0,
    firstPassword: /^One-time password for admin: (\S+)$/m.exec(output)?.[1],
    output: () => output,
    stop: () => end(child, "SIGTERM"),
    kill: async () => void (await end(child, "SIGKILL")),
  };
}

async function ready(child: ChildProcess, output: () => string): Promise<string> {
  for (const deadline = Date.now() + 180_000; Date.now() < deadline;) {
    const url = readyLine.exec(output())?.[1];
    if (url !== undefined) return url;
    if (child.exitCode !== null || child.signalCode !== null) break;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  child.kill("SIGKILL");
  throw new Error(`The server did not become ready:\n${output()}`);
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const gone = once(child, "exit");
  child.kill(signal);
  await gone;
  return child.exitCode;
}

/** The settings of whoever runs the tests must not leak into the servers that they start. */
function cleanEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(LATCHKEY_|DATABASE_URL|SMTP_URL|MAIL_FROM|PORT$|HOST$|NEXTAUTH|VITEST|NODE_OPTIONS)/.test(
        name,
      ),
  );
  return Object.fromEntries(kept);
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return address.port;
}
