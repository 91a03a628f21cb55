import { createHash } from "node:crypto";

import { callerFromSignature } from "@/lib/auth/caller";
import { noteUser } from "@/lib/auth/request-notes";
import { runtime } from "@/lib/config/runtime";
import { AppError } from "@/lib/domain/errors";
import { type RawRequest, sightRequest } from "@/lib/services/signing/authenticate-request";
import type { CallOptions } from "@/lib/services/use-case";

import { bodyOf } from "./body";
import { observeRequest } from "./metrics";
import type { Operation, Outcome } from "./identity/operation";
import {
  unauthenticated,
  type WireNames,
  type WireProblem,
  whileParsing,
  wireProblemOf,
} from "./identity/problem";
import { queryOf } from "./query";
import { jsonHeaders, type Reply } from "./reply";
import { replyBody } from "./reply-body";
import { summaryOf } from "./error-summary";
import type { WireRequest } from "./wire-request";

/**
 * Runs one operation for a signed request: body, signature, replay guard, parsing, use case, answer. The only `try` of
 * this road (architecture.md 8). `params` gives the path's parameters, decoded.
 */
export async function answer(
  operation: Operation,
  request: WireRequest,
  params: (name: string) => string,
): Promise<Reply> {
  const startedAt = performance.now();
  let special: WireNames = {};
  let reply: Reply;
  try {
    const body = request.hasBody ? await request.readBody() : noBody;
    const signed = await callerFromSignature(signedRequest(request, body), request.origin);
    if (!signed) throw unauthenticated();
    const { caller } = signed;
    noteUser(request.origin.requestId, caller.userId);
    if (changing.has(request.method)) await refuseRepeats(signed.signature);
    special = whileParsing;
    const parsedBody = operation.details ? bodyOf(body) : undefined;
    special = operation.problems;
    const query = queryOf(request.target, operation.query);
    const { input, run } = operation.prepare({ caller, params, query, body: parsedBody });
    const outcome = await run(optionsOf(operation, request, input));
    reply = success(operation, outcome, request);
  } catch (error) {
    const problem = wireProblemOf(error, special);
    if (problem.status === 500) logBug(error, operation, request);
    reply = problemReply(problem, request.origin.requestId);
  }
  observeRequest(operation.operationId, reply.status, performance.now() - startedAt);
  return reply;
}

const noBody = new Uint8Array(0);

/** Bodies of errors hold these two members and nothing else: Go decodes them strictly (identity-api.md 4). */
export function problemReply(problem: WireProblem, requestId: string): Reply {
  const { status, code, message, retryAfterSeconds } = problem;
  return {
    status,
    headers: {
      ...jsonHeaders,
      "opc-request-id": requestId,
      ...(retryAfterSeconds === undefined ? {} : { "retry-after": String(retryAfterSeconds) }),
      // What is left of the body is not read: the connection is of no further use.
      ...(status === 413 ? { connection: "close" } : {}),
    },
    body: JSON.stringify({ code, message }),
  };
}

const changing = new Set(["POST", "PUT", "PATCH", "DELETE"]);

/** The guard stands before the retry token: a repeated signature never has an effect or a secret (decisions.md 4). */
async function refuseRepeats(signature: string): Promise<void> {
  const sighting = await sightRequest(signature);
  if (sighting === "just-now") {
    throw new AppError(
      "rate_limited",
      "The same signed request came a moment ago. Sign it again and repeat it.",
      { retryAfterSeconds: 1 },
    );
  }
  if (sighting === "earlier") throw unauthenticated();
}

function signedRequest(
  { method, target, headers, rawHeaders }: WireRequest,
  body: Uint8Array,
): RawRequest {
  return { method, target, headers, rawHeaders, body, bodyLength: body.byteLength };
}

const longestRetryToken = 64;

/** The token goes with what is asked, not with the bytes: target and every member that has a meaning. */
function optionsOf(operation: Operation, { headers }: WireRequest, input: unknown): CallOptions {
  const token = operation.isCreate ? headers["opc-retry-token"] : undefined;
  if (token !== undefined && token.length > longestRetryToken)
    throw new AppError(
      "invalid_input",
      `opc-retry-token has at most ${longestRetryToken} characters.`,
    );
  return {
    ifMatch: operation.honoursIfMatch ? headers["if-match"] : undefined,
    retry:
      token === undefined || token === ""
        ? undefined
        : { token, bodyHash: hashOf(operation, input) },
  };
}

function hashOf({ operationId }: Operation, input: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify([operationId, input]))
    .digest("base64");
}

function success(operation: Operation, outcome: Outcome, { origin }: WireRequest): Reply {
  const headers: Record<string, string> = {
    ...(operation.reply ? jsonHeaders : { "cache-control": "no-store" }),
    "opc-request-id": origin.requestId,
  };
  if (outcome.etag !== undefined) headers["etag"] = outcome.etag;
  if (outcome.nextPage) headers["opc-next-page"] = outcome.nextPage;
  if (!operation.reply) return { status: 204, headers };
  return { status: 200, headers, body: replyBody(operation.reply, outcome.body) };
}

function logBug(error: unknown, { operationId }: Operation, { origin }: WireRequest): void {
  const { requestId } = origin;
  runtime().log.error({ requestId, operationId, ...summaryOf(error) }, "a request failed");
}
