import "server-only";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import { isMachinePath, machineListener } from "@/lib/api/app";
import { originOf } from "@/lib/api/origin";
import { originHeaders } from "@/lib/auth/origin-headers";
import { takePageMark } from "@/lib/auth/request-notes";
import type { Env } from "@/lib/config/env";
import { runtime } from "@/lib/config/runtime";
import type { RequestOrigin } from "@/lib/domain/caller";

import { checkPageRequest, checkRequestLine, type Refusal } from "./admission";
import { nothingPolicy, pagePolicy } from "./content-security-policy";
import { securityHeaders, setHeaders, stripHeaders } from "./headers";
import type { RequestLog } from "./log";
import type { Pages } from "./pages";
import { refuse } from "./refuse";
import { watchRequest } from "./watch-request";

interface Door {
  readonly env: Env;
  readonly requestLog: RequestLog;
  readonly pages: () => Pages;
  readonly isDraining: () => boolean;
}

/** Every request of the process: checked, told apart, and handed to the machine APIs or to Next. */
export function requestListener({ env, requestLog, pages, isDraining }: Door): RequestListener {
  const answerMachine = machineListener();
  const always = securityHeaders(env);
  const onMachineReplies = Object.entries({
    ...always,
    "Content-Security-Policy": nothingPolicy,
  }).flat();
  return (request, response) => {
    if (isDraining()) response.setHeader("Connection", "close");
    const origin = originOf(request, env);
    watchRequest(request, response, origin, requestLog);
    const refusal = checkRequestLine(request, env);
    if (!refusal && isMachinePath(request.url ?? ""))
      return answerMachine(request, response, onMachineReplies);
    setHeaders(response, always);
    if (refusal) return turnAway(request, response, refusal);
    const pageRefusal = checkPageRequest(request, env);
    if (pageRefusal) return turnAway(request, response, pageRefusal);
    pages()
      .handle(preparePageRequest(request, response, { env, origin }), response)
      .catch((error: unknown) => giveUp(request, response, error));
  };
}

/** Next answers its own failures; one that still comes this far must end the request and not the process. */
function giveUp(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  runtime().log.error({ err: error }, "a page request failed");
  if (response.headersSent) response.destroy();
  else refuse(request, response, 500, "Something went wrong on our side. Try again.");
}

function preparePageRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { env, origin: { address, requestId } }: { env: Env; origin: RequestOrigin },
): IncomingMessage {
  stripHeaders(request);
  hideInnerPages(request);
  request.headers[originHeaders.address] = address;
  request.headers[originHeaders.requestId] = requestId;
  const policy = pagePolicy({ isDevelopment: !env.isProduction });
  request.headers["content-security-policy"] = policy;
  response.setHeader("Content-Security-Policy", policy);
  response.setHeader("X-Request-Id", requestId);
  answerWithPageStatus(request, response, requestId);
  if (!isAsset(request.url ?? ""))
    response.setHeader(
      "Vary",
      "RSC, Next-Router-State-Tree, Next-Router-Prefetch, Next-Url, Cookie",
    );
  return request;
}

/**
 * Pages that Next shows by itself and nobody has a reason to ask for by name. The error page is always prerendered,
 * without a nonce, and cached for a year.
 */
function hideInnerPages(request: IncomingMessage): void {
  if (!/^\/_(?:global-error|not-found)(?:[/.?]|$)/.test(request.url ?? "")) return;
  request.url = "/404";
  delete request.headers["rsc"];
}

/**
 * A page that says there is nothing, or that the database is away, has that status for whoever watches. The router of
 * an open page is not told: it would load the document anew instead of showing what came.
 */
function answerWithPageStatus(
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): void {
  const { rsc, "next-action": action, "content-type": type = "" } = request.headers;
  const isDocument = rsc === undefined;
  const isForAction =
    request.method === "POST" && (action !== undefined || type.startsWith("multipart/form-data"));
  const writeHead = response.writeHead.bind(response);
  response.writeHead = (status: number, ...rest: []) => {
    const mark = takePageMark(requestId);
    // No action had begun: Next could not read what was posted, and calls that its own failure.
    if (mark === undefined && status === 500 && isForAction) return writeHead(400, ...rest);
    if (mark === undefined || mark === "begun" || !isDocument) return writeHead(status, ...rest);
    if (mark === 503) response.setHeader("Retry-After", "5");
    return writeHead(mark, ...rest);
  };
}

const isAsset = (target: string) => target.startsWith("/_next/static/");

function turnAway(
  request: IncomingMessage,
  response: ServerResponse,
  { status, sentence, headers }: Refusal,
): void {
  refuse(request, response, status, sentence, headers);
}
