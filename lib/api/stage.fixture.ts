import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import { connect } from "node:net";

import type * as Common from "oci-common";
import type * as Identity from "oci-identity";
import { expect, vi } from "vitest";

import type { Caller } from "@/lib/domain/caller";
import { parseStatement } from "@/lib/domain/policies/parse";
import { PolicySet } from "@/lib/domain/policies/policy-set";
import { allCapabilities } from "@/lib/domain/users/capabilities";
import { issueCredential } from "@/lib/services/credentials/issue-credential";
import { createUser } from "@/lib/services/users/create-user";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { machineListener } from "./app";

/** Someone with an API key. */
export interface Signer {
  readonly userId: string;
  readonly name: string;
  readonly fingerprint: string;
  readonly privateKeyPem: string;
  readonly credentialId: string;
}

export interface Stage extends TestRuntime {
  readonly endpoint: string;
  readonly port: number;
  readonly tenancyId: string;
  readonly administrator: Signer;
  /** A new user with an API key of their own. */
  person(name: string): Promise<Signer>;
  /** Sends text to the socket as it is and answers everything that came back until the server closed. */
  raw(text: string): Promise<string>;
}

/** The machine APIs on a real server with a real database; on the port of LATCHKEY_URL, if that is among the settings. */
export async function startStage(settings: Record<string, string> = {}): Promise<Stage> {
  const test = await startTestRuntime(settings);
  const listener = machineListener();
  const server = createServer((request, response) => listener(request, response, []));
  const port = await listen(server, Number(new URL(settings["LATCHKEY_URL"] ?? "http://x").port));
  const tenancyId = test.runtime.tenancy.id;
  const host = hostCaller(test);
  return {
    ...test,
    endpoint: `http://127.0.0.1:${port}`,
    port,
    tenancyId,
    administrator: await withKey(host, test.admin.id, "admin"),
    person: async (name) => withKey(host, (await createUser(host, { name })).id, name),
    raw: (text) => exchange(port, text),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await test.stop();
    },
  };
}

const everybody = parseStatement("Allow any-user to manage all-resources in tenancy");
const everything = new PolicySet(everybody.ok ? [everybody.value] : []);

/** The administrator as a caller, to set the stage before anybody has a key. */
function hostCaller({ admin, runtime }: TestRuntime): Caller {
  return {
    userId: admin.id,
    name: admin.name,
    kind: admin.kind,
    tenancyId: runtime.tenancy.id,
    groups: [],
    policies: everything,
    capabilities: allCapabilities,
    version: admin.version,
    proof: { type: "signature", credentialId: "", fingerprint: "" },
    origin: { requestId: "stage", address: "127.0.0.1", client: "stage" },
  };
}

async function withKey(host: Caller, ownerId: string, name: string): Promise<Signer> {
  const pair = newKeyPair();
  const values = { key: pair.publicKeyPem };
  const { credential } = await issueCredential(host, { ownerId, kind: "api_key", values });
  return {
    userId: ownerId,
    name,
    fingerprint: credential.publicId,
    privateKeyPem: pair.privateKeyPem,
    credentialId: credential.id,
  };
}

/** The same for the unmodified SDK, which prints every answer that is a problem; most in tests are wanted. */
export function startSdkStage(settings: Record<string, string> = {}): Promise<Stage> {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  return startStage(settings);
}

/** What the SDK throws for a refusal. */
export const problem = (statusCode: number, serviceCode: string) =>
  expect.objectContaining({ statusCode, serviceCode });

export function newKeyPair() {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
  });
  return { publicKeyPem: publicKey, privateKeyPem: privateKey };
}

function listen(server: Server, wanted: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.listen(wanted, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") reject(new Error("no port"));
      else resolve(address.port);
    });
  });
}

function exchange(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    socket.setEncoding("utf8");
    socket.on("data", (part: string) => (received += part));
    socket.on("error", (error) => (received === "" ? reject(error) : resolve(received)));
    socket.on("close", () => resolve(received));
    socket.write(text);
  });
}

export interface Draft {
  readonly method: string;
  readonly target: string;
  readonly body?: string;
  readonly at?: Date;
  readonly headers?: Record<string, string>;
  /** Signed names; by default what every SDK signs. */
  readonly names?: readonly string[];
}

let lastSecond = 0;

/**
 * The headers of a signed request. Each has a second of its own: two equal requests in one second would be
 * byte-identical, and one of them a replay.
 */
export function signed(stage: Stage, signer: Signer, draft: Draft): Record<string, string> {
  const { method, target, body = "" } = draft;
  const hasBody = method !== "GET" && method !== "DELETE" && method !== "HEAD";
  const now = Math.floor(Date.now() / 1000);
  lastSecond = lastSecond >= now + 200 || lastSecond < now - 200 ? now - 200 : lastSecond + 1;
  const at = draft.at ?? new Date(lastSecond * 1000);
  const headers: Record<string, string> = {
    host: `127.0.0.1:${stage.port}`,
    date: at.toUTCString(),
    ...(hasBody
      ? {
          "content-type": "application/json",
          "content-length": String(Buffer.byteLength(body)),
          "x-content-sha256": createHash("sha256").update(body).digest("base64"),
        }
      : {}),
    ...draft.headers,
  };
  const names = draft.names ?? [
    "date",
    "(request-target)",
    "host",
    ...(hasBody ? ["content-length", "content-type", "x-content-sha256"] : []),
  ];
  const text = names
    .map((name) =>
      name.toLowerCase() === "(request-target)"
        ? `(request-target): ${method.toLowerCase()} ${target}`
        : `${name.toLowerCase()}: ${headers[name.toLowerCase()] ?? ""}`,
    )
    .join("\n");
  const signature = sign("RSA-SHA256", Buffer.from(text), signer.privateKeyPem).toString("base64");
  const keyId = `${stage.tenancyId}/${signer.userId}/${signer.fingerprint}`;
  return {
    ...headers,
    authorization: `Signature version="1",keyId="${keyId}",algorithm="rsa-sha256",headers="${names.join(" ")}",signature="${signature}"`,
  };
}

export interface Answer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly text: string;
  readonly json: unknown;
}

/** Sends a request over a raw socket, so that nothing between us and the server tidies it up. */
export async function call(stage: Stage, signer: Signer, draft: Draft): Promise<Answer> {
  return sendRaw(stage, draft, signed(stage, signer, draft));
}

export async function sendRaw(
  stage: Stage,
  { method, target, body = "" }: Pick<Draft, "method" | "target" | "body">,
  headers: Record<string, string>,
): Promise<Answer> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${target} HTTP/1.1`, ...lines, "connection: close"].join("\r\n");
  return parseAnswer(await stage.raw(`${head}\r\n\r\n${body}`));
}

export function parseAnswer(received: string): Answer {
  const [head = "", ...rest] = received.split("\r\n\r\n");
  const text = rest.join("\r\n\r\n");
  const [statusLine = "", ...lines] = head.split("\r\n");
  const headers = new Map(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
    }),
  );
  const isJson = headers.get("content-type")?.startsWith("application/json") && text !== "";
  return {
    status: Number(statusLine.split(" ")[1]),
    headers,
    text,
    json: isJson ? JSON.parse(text) : undefined,
  };
}

/** The unmodified SDK, with `oci-common` as `oci-identity` sees it: a second copy has other classes. */
const load = createRequire(import.meta.url);
const identity: typeof Identity = load("oci-identity");
const common: typeof Common = createRequire(load.resolve("oci-identity"))("oci-common");

export function sdkClient(
  stage: Stage,
  { userId, fingerprint, privateKeyPem }: Signer,
  { endpoint = stage.endpoint }: { endpoint?: string } = {},
) {
  const client = new identity.IdentityClient(
    {
      authenticationDetailsProvider: new common.SimpleAuthenticationDetailsProvider(
        stage.tenancyId,
        userId,
        fingerprint,
        privateKeyPem,
        null,
        common.Region.fromRegionId("us-ashburn-1"),
      ),
    },
    { retryConfiguration: common.OciSdkDefaultRetryConfiguration },
  );
  client.endpoint = endpoint;
  return client;
}
