import type { IncomingMessage } from "node:http";

import type { Context } from "hono";

import { runtime } from "@/lib/config/runtime";
import type { RequestOrigin } from "@/lib/domain/caller";
import { AppError } from "@/lib/domain/errors";

import { originOf, requestIdFor } from "./origin";
import type { MachineEnv } from "./reply";

/** A request as it came off the wire. */
export interface WireRequest {
  readonly method: string;
  /** The target of the request line, byte for byte: Hono's own idea of it is decoded. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly rawHeaders: readonly string[];
  readonly origin: RequestOrigin;
  readonly hasBody: boolean;
  /** Throws `too_large` beyond 64 KB. */
  readBody(): Promise<Uint8Array>;
}

const longestBody = 64 * 1024;

export function wireRequestOf(context: Context<MachineEnv>): WireRequest {
  const { incoming } = context.env;
  return incoming ? wireRequestFrom(incoming) : fromFetch(context.req.raw);
}

export function targetOf(request: Request, incoming: IncomingMessage | undefined): string {
  if (incoming) return incoming.url ?? "";
  const { pathname, search } = new URL(request.url);
  return pathname + search;
}

export function wireRequestFrom(incoming: IncomingMessage): WireRequest {
  return {
    method: incoming.method ?? "",
    target: incoming.url ?? "",
    headers: joined(incoming.headers),
    rawHeaders: incoming.rawHeaders,
    origin: originOf(incoming, runtime().env),
    hasBody: hasBody(incoming),
    readBody: () => readBounded(incoming),
  };
}

function fromFetch(request: Request): WireRequest {
  const headers = Object.fromEntries(request.headers);
  return {
    method: request.method,
    target: targetOf(request, undefined),
    headers,
    rawHeaders: Object.entries(headers).flat(),
    origin: {
      requestId: requestIdFor(headers["opc-request-id"]),
      address: "",
      client: headers["user-agent"] ?? "",
    },
    hasBody: request.body !== null,
    readBody: async () => {
      const body = new Uint8Array(await request.arrayBuffer());
      if (body.byteLength > longestBody) throw tooLarge();
      return body;
    },
  };
}

function joined(headers: IncomingMessage["headers"]): Record<string, string | undefined> {
  const cookies = headers["set-cookie"];
  const all = cookies === undefined ? headers : { ...headers, "set-cookie": cookies.join(", ") };
  return all as Record<string, string | undefined>; // Node keeps a list of no other header.
}

/** A request has a body exactly when one of these announces it (RFC 9112 6.3). */
export function hasBody({ headers }: IncomingMessage): boolean {
  return "content-length" in headers || "transfer-encoding" in headers;
}

/** By events, not by iteration: leaving a loop early would close the socket before the answer is written. */
function readBounded(incoming: IncomingMessage): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = [];
    let length = 0;
    incoming.on("data", (chunk: Uint8Array) => {
      length += chunk.byteLength;
      if (length <= longestBody) chunks.push(chunk);
      else reject(tooLarge());
    });
    incoming.on("end", () => resolve(Buffer.concat(chunks)));
    incoming.on("error", reject);
    incoming.on("close", () => {
      // Most close long after they were read: an error for each would be made for nobody.
      if (!incoming.readableEnded) reject(new Error("The client went away."));
    });
  });
}

function tooLarge(): AppError {
  return new AppError("too_large", `The body is larger than ${longestBody / 1024} KB.`);
}
