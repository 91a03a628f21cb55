import type { IncomingMessage, ServerResponse } from "node:http";

import { nothingPolicy } from "./content-security-policy";

/** Answers before any application sees the request. The body is drained first, or the client sees a reset instead. */
export function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: Record<string, string> = {},
): void {
  request.resume();
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "content-security-policy": nothingPolicy,
    "cache-control": "no-store",
    ...headers,
  });
  response.end(`${sentence}\n`);
}
