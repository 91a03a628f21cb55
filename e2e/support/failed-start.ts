import { spawn } from "node:child_process";
import { once } from "node:events";

/** What a start that cannot succeed leaves on the terminal, and its exit code. */
export async function failedStart(
  env: Record<string, string>,
  {
    stopAfterMilliseconds,
    prefix = [],
  }: { stopAfterMilliseconds?: number; prefix?: readonly string[] } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const [program = "", ...words] = [...prefix, process.execPath, "dist/server.js"];
  const child = spawn(program, words, {
    env: {
      PATH: process.env["PATH"],
      NODE_ENV: "production",
      NEXT_TELEMETRY_DISABLED: "1",
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk: Buffer) => (output.stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output.stderr += chunk.toString()));
  if (stopAfterMilliseconds !== undefined)
    setTimeout(() => child.kill("SIGTERM"), stopAfterMilliseconds);
  const tooLong = setTimeout(() => child.kill("SIGKILL"), 60_000);
  await once(child, "close");
  clearTimeout(tooLong);
  return { code: child.exitCode, ...output };
}
