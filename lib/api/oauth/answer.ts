import type { Context } from "hono";

import { type AppError, isAppError } from "@/lib/domain/errors";
import type { RequestOrigin } from "@/lib/domain/caller";
import { clientProofOf } from "@/lib/domain/oauth/client-authentication";
import { type Form, parseForm } from "@/lib/domain/oauth/form";
import { invalidRequest, OauthError } from "@/lib/domain/oauth/oauth-error";
import { noteUser } from "@/lib/auth/request-notes";
import { runtime } from "@/lib/config/runtime";
import { authenticateClient } from "@/lib/services/oauth/authenticate-client";
import type { FoundClient } from "@/lib/services/oauth/client";

import { summaryOf } from "../error-summary";
import { observeRequest } from "../metrics";
import { type MachineEnv, type Reply, send } from "../reply";
import { type WireRequest, wireRequestOf } from "../wire-request";

/** A form that a client posted and proved to be from itself. */
export interface FormRequest {
  readonly form: Form;
  readonly client: FoundClient;
  readonly origin: RequestOrigin;
}

/** Answers a posted form with JSON, or with nothing; the only `try` of this road. No answer may be kept by anybody. */
export function answerForm(
  name: string,
  run: (request: FormRequest) => Promise<object | undefined>,
) {
  return async (context: Context<MachineEnv>): Promise<Response> => {
    const startedAt = performance.now();
    const request = wireRequestOf(context);
    const reply = await formRequestOf(request)
      .then(run)
      .then(success, (error: unknown) => problem(name, request, error));
    observeRequest(name, reply.status, performance.now() - startedAt);
    return send(context, reply);
  };
}

/** Answers with a document that resource servers may keep for a while. */
export function answerDocument(
  name: string,
  read: () => object | Promise<object>,
  { cacheSeconds }: { cacheSeconds: number },
) {
  return async (context: Context<MachineEnv>): Promise<Response> => {
    const startedAt = performance.now();
    let reply: Reply;
    try {
      const headers = {
        "content-type": "application/json",
        "cache-control": `public, max-age=${cacheSeconds}`,
      };
      reply = { status: 200, headers, body: JSON.stringify(await read()) };
    } catch (error) {
      reply = problem(name, wireRequestOf(context), error);
    }
    observeRequest(name, reply.status, performance.now() - startedAt);
    return send(context, reply);
  };
}

export function refuseMethod(allow: string) {
  return (context: Context<MachineEnv>): Response => {
    // The body, if any, is nobody's: unread it would hold up the connection's next request.
    context.env.incoming?.resume();
    const error = new OauthError("invalid_request", `This address answers ${allow}.`, {
      status: 405,
      headers: { allow },
    });
    return send(context, refusal(error));
  };
}

async function formRequestOf(request: WireRequest): Promise<FormRequest> {
  const { headers, rawHeaders, target, origin } = request;
  const type = /^[^;]*/.exec(headers["content-type"] ?? "")?.[0] ?? "";
  const body = request.hasBody ? await request.readBody() : new Uint8Array(0);
  if (type.trim().toLowerCase() !== "application/x-www-form-urlencoded")
    throw invalidRequest("Send the parameters as application/x-www-form-urlencoded.");
  refuseSecretsIn(target);
  const authorizations = rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === "authorization",
  );
  const form = parseForm(Buffer.from(body).toString("utf8"));
  const client = await authenticateClient(clientProofOf(authorizations, form), origin);
  noteUser(origin.requestId, client.owner.id);
  return { form, client, origin };
}

/** Addresses end up in logs and histories: what must stay secret goes in the body, or the client learns it here. */
function refuseSecretsIn(target: string): void {
  const [, query = ""] = target.split("?", 2);
  const names = new URLSearchParams(query);
  if (["client_secret", "client_assertion", "token"].some((name) => names.has(name)))
    throw invalidRequest("Send secrets and tokens in the body, never in the address.");
}

const noStore = {
  "content-type": "application/json",
  "cache-control": "no-store",
  pragma: "no-cache",
};

function success(body: object | undefined): Reply {
  if (body === undefined)
    return { status: 200, headers: { "cache-control": "no-store", pragma: "no-cache" } };
  return { status: 200, headers: noStore, body: JSON.stringify(body) };
}

function problem(name: string, { origin }: WireRequest, error: unknown): Reply {
  if (error instanceof OauthError) return refusal(error);
  if (isAppError(error)) return failure(error);
  const { requestId } = origin;
  runtime().log.error({ requestId, operationId: name, ...summaryOf(error) }, "a request failed");
  return errorReply(500, "server_error", "Something went wrong here.");
}

function refusal({ code, message, status, headers }: OauthError): Reply {
  // A 401 says how to do better, even to a client that did not use the header (RFC 9110 15.5.2).
  const challenge = status === 401 ? { "www-authenticate": 'Basic realm="latchkey"' } : {};
  return errorReply(status, code, message, { ...challenge, ...headers });
}

/** What is no fault of the request's parameters: a body too large, a database away. */
function failure({ code, message, retryAfterSeconds }: AppError): Reply {
  if (code === "too_large")
    return errorReply(413, "invalid_request", message, { connection: "close" });
  if (code === "unavailable")
    return errorReply(503, "temporarily_unavailable", message, {
      "retry-after": String(retryAfterSeconds ?? 2),
    });
  return errorReply(400, "invalid_request", message);
}

function errorReply(
  status: number,
  error: string,
  sentence: string,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = JSON.stringify({ error, error_description: describable(sentence) });
  return { status, headers: { ...noStore, ...headers }, body };
}

/** What RFC 6749 5.2 lets a description be made of. */
function describable(sentence: string): string {
  return sentence.replaceAll(/[^\x20\x21\x23-\x5b\x5d-\x7e]/g, "'");
}
