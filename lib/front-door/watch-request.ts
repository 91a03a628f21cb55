import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";

import { isMachinePath } from "@/lib/api/app";
import { keepNotes, takeNotes } from "@/lib/auth/request-notes";
import type { RequestOrigin } from "@/lib/domain/caller";

import type { RequestLog } from "./log";
import { observePage } from "./page-metrics";
import { textWithoutSecrets } from "./without-secrets";

/**
 * Writes one line once a request is over: what was asked, how it ended, from where, and by whom as far as it came out.
 * Never the query, which may hold the token of a mailed link.
 */
export function watchRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { requestId, address }: RequestOrigin,
  requestLog: RequestLog,
): void {
  const startedAt = performance.now();
  const { method = "", url: target = "" } = request;
  const isAction = request.headers["next-action"] !== undefined;
  keepNotes(requestId);
  response.on("close", () => {
    const { userId } = takeNotes(requestId);
    const milliseconds = performance.now() - startedAt;
    const status = response.headersSent ? response.statusCode : undefined;
    if (!isMachinePath(target)) observePage({ method, target, isAction, status, milliseconds });
    const level = levelOf(target, status);
    if (!requestLog.isEnabled(level)) return;
    const path = pathOf(target);
    const ms = Math.round(milliseconds * 10) / 10;
    // Undefined where the client had all of the answer before it went away.
    const isCutShort = response.writableFinished ? undefined : true;
    requestLog.write(level, {
      requestId,
      method,
      path,
      status,
      ms,
      address,
      userId,
      isCutShort,
    });
  });
}

/** What a page brings along and what is asked every few seconds by a machine would bury the rest. */
function levelOf(target: string, status: number | undefined): "debug" | "info" | "warn" {
  if (status !== undefined && status >= 500) return "warn";
  return quiet.test(target) ? "debug" : "info";
}

const quiet = /^\/+(?:_next\/static\/|(?:healthz|readyz|metrics)(?:$|\?))/;

function pathOf(target: string): string {
  const end = target.indexOf("?");
  const path = end < 0 ? target : target.slice(0, end);
  // Cut first, half a secret would no longer look like one.
  return textWithoutSecrets(path).slice(0, longestPath);
}

const longestPath = 300;
