import {
  createHash,
  createPublicKey,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from "node:crypto";
import { type Agent, request } from "node:http";

/** An API key and whose it is: what a configuration file holds. */
export interface Signer {
  readonly tenancyId: string;
  readonly userId: string;
  readonly fingerprint: string;
  readonly privateKey: KeyObject;
}

export interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly text: string;
  /** Parsed, when there is something to parse. */
  readonly body: unknown;
}

export interface SignedCall {
  method: string;
  /** Path and query below the base path, as they go on the wire: `/users/…`. */
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  date?: Date;
}

export function makeKeyPair(bits = 2048): {
  privateKey: KeyObject;
  publicPem: string;
  fingerprint: string;
} {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: bits });
  const publicPem = publicKey.export({ type: "spki", format: "pem" }).toString();
  return { privateKey, publicPem, fingerprint: fingerprintOf(publicPem) };
}

export function fingerprintOf(publicPem: string): string {
  const der = createPublicKey(publicPem).export({ type: "spki", format: "der" });
  return createHash("md5").update(der).digest("hex").match(/../g)?.join(":") ?? "";
}

/** Headers and body of one signed request, ready to be sent once, twice or mutated. */
export function sign(signer: Signer, host: string, call: SignedCall) {
  const target = `/20160918${call.path}`;
  const body = call.body === undefined ? "" : JSON.stringify(call.body);
  const hasBody = ["POST", "PUT", "PATCH"].includes(call.method);
  const headers: Record<string, string> = {
    date: (call.date ?? new Date()).toUTCString(),
    host,
    ...(hasBody
      ? {
          "content-type": "application/json",
          "content-length": String(Buffer.byteLength(body)),
          "x-content-sha256": createHash("sha256").update(body).digest("base64"),
        }
      : {}),
  };
  const names = [
    "date",
    "(request-target)",
    "host",
    ...(hasBody ? ["content-length", "content-type", "x-content-sha256"] : []),
  ];
  const text = names
    .map(
      (name) =>
        `${name}: ${name === "(request-target)" ? `${call.method.toLowerCase()} ${target}` : headers[name]}`,
    )
    .join("\n");
  const signature = createSign("sha256").update(text).sign(signer.privateKey, "base64");
  const keyId = `${signer.tenancyId}/${signer.userId}/${signer.fingerprint}`;
  headers["authorization"] =
    `Signature version="1",keyId="${keyId}",algorithm="rsa-sha256",headers="${names.join(" ")}",signature="${signature}"`;
  return { method: call.method, target, headers: { ...headers, ...call.headers }, body };
}

export type SignedRequest = ReturnType<typeof sign>;

/** Sends a request as it is, byte for byte; on a connection of its own unless an agent keeps some. */
export function send(
  origin: string,
  { method, target, headers, body }: SignedRequest,
  agent?: Agent,
): Promise<Reply> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { hostname, port, method, path: target, headers, setHost: false, agent: agent ?? false },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const text = Buffer.concat(chunks).toString();
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text,
            body: parse(text),
          });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Signs and sends; a creating call carries a retry token of its own unless one is given. */
export function call(origin: string, signer: Signer, what: SignedCall): Promise<Reply> {
  return send(origin, sign(signer, new URL(origin).host, what));
}

/** Makes otherwise equal signed requests of one second different, as an SDK's fresh date would in the next second. */
export function distinct(path: string): string {
  return `${path}${path.includes("?") ? "&" : "?"}nonce=${randomUUID()}`;
}

let drawn = 0;

/** A date that no earlier call of this process was given: what is signed with it is no repetition, however fast. */
export function ownDate(): Date {
  drawn += 1;
  return new Date(Date.now() - (drawn % 240) * 1000);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
