import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { settleAdministrator } from "../support/console-session";
import { type RunningServer, startServer } from "../support/server";
import type { Signer } from "../support/signer";

/** Lives beside the repository, as it is handed to everybody who builds such a server. */
const script = resolve("../shared/smoke/oci-ts-smoke.mjs");

describe.skipIf(!existsSync(script))(
  "the smoke script of the SDK (skipped where the repository stands without ../shared/smoke)",
  () => {
    let server: RunningServer;
    let signer: Signer;
    let folder: string;
    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), "latchkey-smoke-"));
      server = await startServer();
      ({ signer } = await settleAdministrator(server));
    });
    afterAll(async () => {
      await server?.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it("passes whole", async () => {
      const keyFile = join(folder, "key.pem");
      const pem = signer.privateKey.export({ type: "pkcs8", format: "pem" });
      writeFileSync(keyFile, pem, { mode: 0o600 });
      const { code, output } = await run({
        ENDPOINT: server.url,
        TENANCY: signer.tenancyId,
        USER_OCID: signer.userId,
        FINGERPRINT: signer.fingerprint,
        KEYFILE: keyFile,
        SDK_ROOT: resolve("."),
      });
      const failures = output.split("\n").filter((line) => line.startsWith("FAIL"));
      expect(failures).toEqual([]);
      expect(output.trim().split("\n").at(-1)).toBe("37 passed, 0 failed");
      expect(code).toBe(0);
    });
  },
);

async function run(settings: Record<string, string>): Promise<{ code: number; output: string }> {
  const { PATH } = process.env;
  const env = { PATH, NODE_ENV: "production" as const, ...settings };
  const child = spawn(process.execPath, [script], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [code] = await once(child, "close");
  return { code, output };
}
