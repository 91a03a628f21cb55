// Drives Latchkey with the unmodified OCI command line from PyPI.
//
// Without settings it starts a server of its own in a temporary directory. To use a running one, set ENDPOINT,
// TENANCY, USER_OCID, FINGERPRINT and KEYFILE; the user must be an administrator with two free API key slots.
// OCI_CLI_VENV names a Python environment to use or to make (default: in the system's temporary directory).
//
// The last line is "N passed, N failed". Exit status: 0 all passed, 1 one failed, 2 the tools could not be had.
import { execFile, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

import { nodeBundle } from "../lib/bundle.mjs";
import { root } from "../lib/run.mjs";

const run = promisify(execFile);
const work = mkdtempSync(join(tmpdir(), "latchkey-cli-"));
const tally = { passed: 0, failed: 0 };

try {
  const oci = await installCli();
  const server = process.env.ENDPOINT ? givenServer() : await startServer();
  try {
    await drive(oci, server);
  } finally {
    await server.stop();
  }
} catch (error) {
  tally.failed += 1;
  process.exitCode = 2;
  console.error(`error: ${error.message}`);
} finally {
  rmSync(work, { recursive: true, force: true });
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  process.exitCode ??= tally.failed === 0 ? 0 : 1;
}

async function installCli() {
  const venv = process.env.OCI_CLI_VENV ?? join(tmpdir(), "latchkey-oci-cli");
  const bin = join(venv, process.platform === "win32" ? "Scripts" : "bin");
  const oci = join(bin, "oci");
  if (existsSync(oci)) return oci;
  console.log(`Installing oci-cli from PyPI into ${venv}`);
  const python = process.platform === "win32" ? "python" : "python3";
  await run(python, ["-m", "venv", venv]).catch((error) => {
    throw new Error(`No Python environment could be made with ${python}: ${lastLine(error)}`);
  });
  const install = ["install", "--quiet", "--no-compile", "--disable-pip-version-check", "oci-cli"];
  await run(join(bin, "pip"), install, { timeout: 600_000 }).catch((error) => {
    throw new Error(`oci-cli could not be installed; is PyPI within reach? ${lastLine(error)}`);
  });
  return oci;
}

function givenServer() {
  const { ENDPOINT, TENANCY, USER_OCID, FINGERPRINT, KEYFILE } = process.env;
  const missing = Object.entries({ TENANCY, USER_OCID, FINGERPRINT, KEYFILE })
    .filter(([, value]) => !value)
    .map(([name]) => name);
  if (missing.length > 0) throw new Error(`ENDPOINT is set, but not ${missing.join(", ")}.`);
  return {
    endpoint: ENDPOINT,
    tenancy: TENANCY,
    userId: USER_OCID,
    fingerprint: FINGERPRINT,
    keyFile: KEYFILE,
    stop: () => undefined,
  };
}

async function startServer() {
  const { build } = await import("esbuild");
  const outfile = join(root, "dist", "cli-stage.mjs");
  await build({
    ...nodeBundle,
    entryPoints: ["scripts/cli/stage.ts"],
    outfile,
  });
  const port = await freePort();
  const child = spawn(process.execPath, [outfile], {
    cwd: root,
    env: {
      ...process.env,
      PORT: String(port),
      LATCHKEY_DATA: work,
      LATCHKEY_LOG_LEVEL: "error",
      NODE_ENV: "production",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const stop = () => {
    child.kill("SIGTERM");
    return ended;
  };
  return { ...(await firstAnswer(child, ended)), stop };
}

function firstAnswer(child, ended) {
  return new Promise((resolve, reject) => {
    let text = "";
    child.stdout.on("data", (part) => {
      text += part;
      const line = text.split("\n").find((candidate) => candidate.startsWith('{"endpoint"'));
      if (line) resolve(JSON.parse(line));
    });
    void ended.then((code) => reject(new Error(`The server ended with ${code} before it was up.`)));
  });
}

function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function drive(oci, server) {
  const call = caller(oci, server);
  const mark = randomBytes(4).toString("hex");
  const found = {};
  const user = ["--user-id", server.userId];

  await step("user list", async () => {
    const { data } = await call("user", "list", "--all");
    check(
      data.some(({ id }) => id === server.userId),
      "the caller is in the list",
    );
  });
  await step("user create", async () => {
    const name = `cli+${mark}@example.com`;
    const { data, etag } = await call(
      "user",
      "create",
      "--name",
      name,
      "--description",
      "by the CLI",
      "--email",
      name,
    );
    found.user = data.id;
    check(etag && data["lifecycle-state"] === "ACTIVE", "an active user with an etag");
    const listed = await call("user", "list", "--name", name);
    check(listed.data.length === 1 && listed.data[0].id === data.id, "the filter by name finds it");
  });
  await step("user get", async () => {
    const { data } = await call("user", "get", "--user-id", found.user);
    check(data.description === "by the CLI", "what was written is read");
  });
  await step("user list with pages of one", async () => {
    const { data } = await call("user", "list", "--all", "--page-size", "1");
    check(data.length >= 2, "every page was walked");
  });
  await step("api-key list", async () => {
    const { data } = await call("user", "api-key", "list", ...user);
    check(
      data.some(({ fingerprint }) => fingerprint === server.fingerprint),
      "the signing key",
    );
  });
  await step("api-key upload", async () => {
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const file = join(work, "new.pem");
    writeFileSync(file, publicKey.export({ type: "spki", format: "pem" }));
    const { data } = await call("user", "api-key", "upload", ...user, "--key-file", file);
    found.fingerprint = data.fingerprint;
    check(/^([0-9a-f]{2}:){15}[0-9a-f]{2}$/.test(data.fingerprint), "a fingerprint");
  });
  await step("api-key delete", async () => {
    await call("user", "api-key", "delete", ...user, "--fingerprint", found.fingerprint, "--force");
    const { data } = await call("user", "api-key", "list", ...user);
    check(
      data.every(({ fingerprint }) => fingerprint !== found.fingerprint),
      "it is gone",
    );
  });
  await step("auth-token create", async () => {
    const { data } = await call("auth-token", "create", ...user, "--description", `é ${mark}`);
    found.token = data;
    check(data.token?.length > 20, "the token, once");
  });
  await step("auth-token list", async () => {
    const { data } = await call("auth-token", "list", ...user);
    const listed = data.find(({ id }) => id === found.token.id);
    check(listed?.description === `é ${mark}` && !listed.token, "there, without its secret");
  });
  await step("auth-token delete", async () => {
    await call("auth-token", "delete", ...user, "--auth-token-id", found.token.id, "--force");
    const { data } = await call("auth-token", "list", ...user);
    check(
      data.every(({ id }) => id !== found.token.id),
      "it is gone",
    );
  });
  await step("group list", async () => {
    const { data } = await call("group", "list", "--all");
    check(
      data.some(({ name }) => name === "Administrators"),
      "Administrators",
    );
  });
  await step("region list", async () => {
    const { data } = await call("region", "list");
    check(
      data.some(({ key }) => key),
      "a region with its key",
    );
  });
  await step("an unknown user is a service error", async () => {
    const said = await call("user", "get", "--user-id", `${found.user}x`).then(
      () => "",
      (error) => String(error.stderr),
    );
    check(
      /"status": 404/.test(said) && said.includes("NotAuthorizedOrNotFound"),
      "404 and its code",
    );
  });
  await step("user delete", async () => {
    await call("user", "delete", "--user-id", found.user, "--force");
  });
}

/** Calls `oci iam …` with settings from the environment alone and answers its JSON. */
function caller(oci, { endpoint, tenancy, userId, fingerprint, keyFile }) {
  const env = {
    ...process.env,
    HOME: work,
    OCI_CLI_CONFIG_FILE: join(work, "no-config"),
    OCI_CLI_ENDPOINT: endpoint,
    OCI_CLI_TENANCY: tenancy,
    OCI_CLI_USER: userId,
    OCI_CLI_FINGERPRINT: fingerprint,
    OCI_CLI_KEY_FILE: keyFile,
    OCI_CLI_REGION: "us-ashburn-1",
    OCI_CLI_SUPPRESS_FILE_PERMISSIONS_WARNING: "True",
  };
  return async (...words) => {
    const { stdout } = await run(oci, ["iam", ...words], { env, timeout: 120_000 });
    return stdout.trim() === "" ? { data: [] } : JSON.parse(stdout);
  };
}

async function step(name, act) {
  try {
    await act();
    tally.passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    tally.failed += 1;
    console.log(`FAIL ${name}: ${lastLine(error)}`);
  }
}

function check(holds, expected) {
  if (!holds) throw new Error(`expected: ${expected}`);
}

function lastLine(error) {
  const text = String(error.stderr || error.message).trim();
  return text.split("\n").slice(-12).join("\n     ");
}
