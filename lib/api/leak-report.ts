import type { Context } from "hono";

import { runtime } from "@/lib/config/runtime";
import { AppError } from "@/lib/domain/errors";
import { reportLeak } from "@/lib/services/leaks/report-leak";

import { bodyOf, textOf } from "./body";
import { problemReply } from "./endpoint";
import { summaryOf } from "./error-summary";
import { methodNotAllowed, wireProblemOf } from "./identity/problem";
import { jsonHeaders, type MachineEnv, type Reply, send } from "./reply";
import { type WireRequest, wireRequestOf } from "./wire-request";

/**
 * `POST /api/report-leak`: anybody says what they found, as `{"text": "…"}` or as plain text. The answer is the same
 * whether it was a secret of ours or not.
 */
export async function answerLeakReport(context: Context<MachineEnv>): Promise<Response> {
  const request = wireRequestOf(context);
  if (request.method !== "POST") {
    context.env.incoming?.resume();
    const reply = problemReply(methodNotAllowed, request.origin.requestId);
    return send(context, { ...reply, headers: { ...reply.headers, allow: "POST" } });
  }
  return send(context, await replyTo(request));
}

async function replyTo(request: WireRequest): Promise<Reply> {
  const { origin } = request;
  try {
    const body = request.hasBody ? await request.readBody() : new Uint8Array(0);
    await reportLeak(origin, inputOf(request, body));
  } catch (error) {
    const problem = wireProblemOf(error, {});
    if (problem.status === 500)
      runtime().log.error(
        { requestId: origin.requestId, ...summaryOf(error) },
        "a report of a leak failed",
      );
    return problemReply(problem, origin.requestId);
  }
  return { status: 202, headers: jsonHeaders, body: JSON.stringify({ message: thanks }) };
}

function inputOf({ headers }: WireRequest, body: Uint8Array): unknown {
  const type = (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase();
  if (type === "application/json") return bodyOf(body);
  if (type === "text/plain") return { text: textOf(body) };
  throw new AppError(
    "invalid_input",
    'Send {"text": "…"} as application/json, or what you found as text/plain.',
  );
}

const thanks =
  "Thank you. A secret that was issued here and still worked is ended within moments, and its owner is told.";
