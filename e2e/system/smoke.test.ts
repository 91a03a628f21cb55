import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { afterAll, beforeAll, expect, it } from "vitest";

import { ConsoleSession, settleAdministrator } from "../support/console-session";
import { ask, makePerson, resetPassword } from "../support/people";
import { exchange, wire } from "../support/raw";
import { clientFromFile } from "../support/sdk";
import { useEveryFamily } from "../support/sdk-families";
import { type RunningServer, startServer } from "../support/server";
import type { Signer } from "../support/signer";

let server: RunningServer;
let session: ConsoleSession;
let signer: Signer;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "latchkey-smoke-"));
  server = await startServer();
  ({ session, signer } = await settleAdministrator(server));
});
afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Lives beside the repository, as it is handed to everybody who builds such a server. */
const script = resolve("../shared/smoke/oci-ts-smoke.mjs");

it.skipIf(!existsSync(script))(
  "the smoke script of the SDK passes whole (skipped where the repository stands without ../shared/smoke)",
  async () => {
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
  },
);

it("Oracle's SDK makes, reads, changes and deletes one of every family, through the front door", async () => {
  const { tenancyId, userId: ownId, fingerprint, privateKey } = signer;
  const config = join(folder, "config");
  writeFileSync(join(folder, "own.pem"), privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(
    config,
    `[DEFAULT]\nuser=${ownId}\nfingerprint=${fingerprint}\ntenancy=${tenancyId}\nregion=us-ashburn-1\nkey_file=${join(folder, "own.pem")}\n`,
  );
  const client = clientFromFile(config, "DEFAULT", server.url);
  await useEveryFamily({ client, tenancyId, ownId });

  // No operation has been forgotten, of those that the SDK knows.
  const document = await (await fetch(`${server.url}/openapi.json`)).json();
  const paths = Object.values<object>(Object(document).paths).flatMap((path) =>
    Object.values(path),
  );
  const operations = paths
    .map((operation) => Object(operation).operationId)
    .filter((id) => typeof id === "string");
  const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(client));
  const known = operations.filter((id) =>
    methods.some((method) => method.toLowerCase() === id.toLowerCase()),
  );
  expect(operations.filter((id) => !known.includes(id))).toEqual(["ListCredentialReport"]);
  const metrics = await (await fetch(`${server.url}/metrics`)).text();
  const succeeded = (id: string) =>
    new RegExp(`request_duration_seconds_count\\{operation="${id}",status="20\\d"\\} [1-9]`).test(
      metrics,
    );
  expect(known.filter((id) => !succeeded(id))).toEqual([]);
});

it("each request leaves one line, without its query, that names who sent it", async () => {
  const named = (name: string) => ({ "opc-request-id": name });
  const { port, url } = server;
  // The script above ends the administrator's own sessions: it resets their password.
  const person = await makePerson(url, signer);
  const own = new ConsoleSession(url);
  await own.signIn(person.name, await resetPassword(url, signer, person));
  await own.get("/change-password?token=never-in-a-log", named("of-a-page"));
  await exchange(port, wire("GET /nowhere", [["host", "evil.example"], ...pairs("of-a-stranger")]));
  const path = `/users/${signer.userId}/apiKeys?limit=5`;
  await ask(url, signer, { method: "GET", path, headers: named("of-a-machine") });
  await session.get("/healthz", named("of-a-probe"));
  await session.get("/sign-in", named("the-last"));
  await expect.poll(() => linesOf("the-last")).toHaveLength(1);

  const usual = { level: 30, method: "GET", address: "127.0.0.1", msg: "request" };
  const measured = { time: expect.any(String), ms: expect.any(Number) };
  const line = (changes: object) => [
    { requestId: expect.any(String), ...usual, ...measured, ...changes },
  ];
  const { userId } = signer;
  expect(linesOf("of-a-page")).toEqual(
    line({ path: "/change-password", status: 200, userId: person.id }),
  );
  expect(linesOf("of-a-stranger")).toEqual(line({ path: "/nowhere", status: 421 }));
  expect(linesOf("of-a-machine")).toEqual(
    line({ path: `/20160918/users/${userId}/apiKeys`, status: 200, userId }),
  );
  expect(linesOf("of-a-probe")).toEqual([]);
  expect(server.output()).not.toContain("never-in-a-log");
});

const pairs = (name: string) => [["opc-request-id", name]] as const;

function linesOf(name: string): unknown[] {
  const lines = server.output().split("\n");
  return lines
    .filter((line) => line.includes(`"requestId":"${name}/`))
    .map((line): unknown => JSON.parse(line));
}

it("metrics tell what waits, who signed in, and how pages and actions fare", async () => {
  const text = await (await session.get("/metrics")).text();
  for (const line of [
    'latchkey_database_connections{state="busy"} ',
    'latchkey_database_connections{state="waiting"} 0',
    'latchkey_password_hashes{state="waiting"} 0',
    "latchkey_mails_waiting 0",
    "latchkey_mail_longest_wait_seconds 0",
    'latchkey_security_events_total{event="authn_login_success",action="signIn"} ',
    'latchkey_page_request_duration_seconds_count{kind="page",status="200"} ',
    'latchkey_page_request_duration_seconds_count{kind="action",status="303"} ',
  ])
    expect(text).toContain(`\n${line}`);
});

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
