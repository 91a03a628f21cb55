import type { HttpBindings } from "@hono/node-server";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { Context } from "hono";

/** The environment of every machine endpoint: Node's own request and response, when there is a server. */
export type MachineEnv = { Bindings: Partial<HttpBindings> };

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Answers. Straight to Node's response where there is one: building a `Response` first costs a third of the
 * throughput (front-door.md, correction 8).
 */
export function send(context: Context<MachineEnv>, reply: Reply): Response {
  const { status, headers, body } = reply;
  const outgoing = context.env.outgoing;
  if (!outgoing)
    return new Response(status === 204 ? null : (body ?? ""), { status, headers: { ...headers } });
  sendOn(outgoing, reply);
  return RESPONSE_ALREADY_SENT;
}

/** Answers on Node's response; `fixed` are the headers of every answer, where they are not set already. */
export function sendOn(
  outgoing: HttpBindings["outgoing"],
  { status, headers, body }: Reply,
  fixed?: FixedHeaders,
): void {
  if (outgoing.headersSent || outgoing.destroyed) return;
  const all = fixed ? [...fixed] : [];
  for (const name in headers) all.push(name, headers[name] ?? "");
  if (status !== 204) all.push("content-length", String(Buffer.byteLength(body ?? "", "utf8")));
  outgoing.writeHead(status, all);
  outgoing.end(body);
}

/** Names and values by turns, as Node writes them soonest. */
export type FixedHeaders = readonly string[];

export const jsonHeaders = { "content-type": "application/json", "cache-control": "no-store" };
