import {
  constants,
  createHash,
  createPublicKey,
  type KeyObject,
  randomUUID,
  verify,
} from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { ownerStatement } from "@/lib/data/credentials";
import { createPool } from "@/lib/data/db";
import { signerStatement } from "@/lib/data/signers";

/**
 * The least that a correct server must do, written by hand on `node:http`: reads the Authorization header, builds the
 * text of exactly the headers it names, checks the date and the RSA signature with a cached key, asks our own two
 * statements by name through the same pool, answers JSON under the same headers. No routing, no policy, no validation
 * of what is read or sent, no refusals with a reason, no metrics, no notes of use.
 */
const pool = createPool(process.env["FLOOR_DATABASE"] ?? "", { restricted: true });
const page = { html: "" };
const keys = new Map<string, KeyObject>();

/** What every answer of Latchkey carries (security.md R61). */
const fixedHeaders = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cache-control": "no-store",
  "content-type": "application/json",
};

async function listKeys(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { keyId = "", headers = "", signature = "" } = parametersOf(request);
  const [tenancyId, userId, fingerprint] = keyId.split("/");
  const signer = await pool.query({ ...signerStatement, values: [tenancyId, userId, fingerprint] });
  const [found] = signer.rows;
  const isRight =
    Math.abs(Date.parse(request.headers.date ?? "") - found.now.getTime()) <= 300_000 &&
    found.state === "active" &&
    found.capabilities.canUseApiKeys !== false &&
    verify(
      "sha256",
      Buffer.from(signedText(request, headers.split(" ")), "latin1"),
      { key: keyOf(found.details.publicKey), padding: constants.RSA_PKCS1_PADDING },
      Buffer.from(signature, "base64"),
    );
  if (!isRight) return void response.writeHead(401).end();
  const { rows } = await pool.query({ ...ownerStatement, values: [userId, "api_key"] });
  const shown = rows.filter(({ endedAt }) => endedAt === null);
  const body = JSON.stringify(
    shown.map((row) => ({
      keyId: `${tenancyId}/${userId}/${row.publicId}`,
      keyValue: row.details.publicKey,
      fingerprint: row.publicId,
      userId,
      timeCreated: row.createdAt,
      lifecycleState: "ACTIVE",
    })),
  );
  response.writeHead(200, {
    ...fixedHeaders,
    "content-length": Buffer.byteLength(body),
    "opc-request-id": randomUUID(),
  });
  response.end(body);
}

function parametersOf({ headers }: IncomingMessage): Record<string, string> {
  const pairs = (headers.authorization ?? "").matchAll(/([A-Za-z]+)="([^"]*)"/g);
  return Object.fromEntries([...pairs].map(([, name, value]) => [name, value]));
}

function signedText({ method = "", url, headers }: IncomingMessage, names: string[]): string {
  const lines = names.map((name) =>
    name === "(request-target)"
      ? `${name}: ${method.toLowerCase()} ${url}`
      : `${name}: ${headers[name]}`,
  );
  return lines.join("\n");
}

function keyOf(pem: string): KeyObject {
  const key = keys.get(pem) ?? createPublicKey(pem);
  keys.set(pem, key);
  return key;
}

/** The page without rendering it: who has the cookie, what is theirs, and the finished text. */
async function sendPage(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const hash = createHash("sha256")
    .update(request.headers.cookie ?? "")
    .digest("hex");
  await pool.query({
    name: "floor-session",
    text: "select s.id, u.id from sessions s join users u on u.id = s.user_id where s.token_hash = $1",
    values: [hash],
  });
  await pool.query({ ...ownerStatement, values: [request.headers["x-user"], "api_key"] });
  const length = Buffer.byteLength(page.html);
  response.writeHead(200, { "content-type": "text/html", "content-length": length });
  response.end(page.html);
}

async function takePage(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  page.html = Buffer.concat(chunks).toString();
  response.end();
}

const server = createServer((request, response) => {
  const serve = request.method === "PUT" ? takePage : request.url === "/page" ? sendPage : listKeys;
  serve(request, response).catch(() => response.writeHead(500).end());
});
server.listen(Number(process.env["PORT"]), "127.0.0.1", () => process.stdout.write("ready\n"));
