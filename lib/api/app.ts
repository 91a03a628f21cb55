import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";

import { getRequestListener } from "@hono/node-server";
import { type Context, Hono } from "hono";

import { hasDotSegment } from "@/lib/domain/request-target";
import { runtime } from "@/lib/config/runtime";
import { AppError } from "@/lib/domain/errors";
import { checkReadiness } from "@/lib/services/readiness";

import { problemReply } from "./endpoint";
import { identityApi, identityRefusals } from "./identity/app";
import { openApiDocument } from "./identity/openapi";
import { answerPlainRequest } from "./identity/shortcut";
import { oauthApi, oauthRefusals } from "./oauth/app";
import { wireProblemOf } from "./identity/problem";
import { answerLeakReport } from "./leak-report";
import { requestIdFor } from "./origin";
import { type FixedHeaders, jsonHeaders, type MachineEnv, send, sendOn } from "./reply";
import { targetOf } from "./wire-request";

/** First segments of the addresses that machines speak to; a further door adds its own. */
const doors = [
  "20160918",
  "api/report-leak",
  "oauth2",
  "\\.well-known/(?:oauth-authorization-server|openid-configuration)",
  "openapi\\.json",
  "healthz",
  "readyz",
  "metrics",
];

const machinePath = new RegExp(`^/+(${doors.join("|")})(/|\\?|$)`);

/** Whether a request target belongs to the machine APIs and not to Next. Leading slashes may be doubled. */
export function isMachinePath(target: string): boolean {
  return machinePath.test(target);
}

/** Answers machines on Node's own request and response; `fixed` are the headers of every answer. */
export function machineListener() {
  const listen = getRequestListener(machineApp().fetch, {
    overrideGlobalObjects: false,
    hostname: "localhost",
  });
  return (incoming: IncomingMessage, outgoing: ServerResponse, fixed: FixedHeaders): void => {
    const reply = answerPlainRequest(incoming);
    if (reply) {
      reply.then(
        (found) => sendOn(outgoing, found, fixed),
        () => outgoing.destroy(),
      );
      return;
    }
    for (let place = 0; place < fixed.length; place += 2)
      outgoing.setHeader(fixed[place] ?? "", fixed[place + 1] ?? "");
    void listen(incoming, outgoing);
  };
}

/** Everything that machines speak to, on the raw request. */
export function machineApp(): Hono<MachineEnv> {
  const app = new Hono<MachineEnv>({ getPath });
  const refusals = refusalApp();
  app.route("/20160918", identityApi());
  app.route("/", oauthApi());
  app.all("/api/report-leak", answerLeakReport);
  app.get("/openapi.json", (context) =>
    send(context, { status: 200, headers: jsonHeaders, body: document() }),
  );
  app.get("/healthz", (context) => send(context, text(200, "ok")));
  app.get("/readyz", async (context) => {
    const readiness = await checkReadiness();
    return send(context, text(readiness === "ready" ? 200 : 503, readiness));
  });
  app.get("/metrics", metrics);
  app.notFound((context) =>
    isPlainTarget(rawTarget(context))
      ? refusals.fetch(context.req.raw, context.env)
      : send(context, badTarget()),
  );
  return app;
}

/** What no route answers, and why. */
function refusalApp(): Hono<MachineEnv> {
  const app = new Hono<MachineEnv>({ getPath });
  app.route("/20160918", identityRefusals());
  app.route("/", oauthRefusals());
  app.notFound((context) => send(context, text(404, "There is nothing here.")));
  return app;
}

async function metrics(context: Context<MachineEnv>): Promise<Response> {
  const { env, metrics: registry } = runtime();
  if (env.metricsToken !== undefined && !bears(context, env.metricsToken))
    return send(context, {
      ...text(401, "Send the metrics token as a bearer token."),
      headers: { ...textHeaders, "www-authenticate": "Bearer" },
    });
  const body = await registry.metrics();
  return send(context, { status: 200, headers: { "content-type": registry.contentType }, body });
}

function bears(context: Context<MachineEnv>, token: string): boolean {
  const given = /^Bearer +(\S+) *$/i.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
  const digest = (value: string) => createHash("sha256").update(value).digest();
  return timingSafeEqual(digest(given), digest(token));
}

/**
 * The path that is routed: as sent, without query, doubled leading slashes (`oci --endpoint http://host/`) and trailing
 * slashes (old SDKs). Hono's own would resolve dot segments, which nobody signed.
 */
function getPath(request: Request, options?: { env?: MachineEnv["Bindings"] }): string {
  const target = targetOf(request, options?.env?.incoming);
  if (!isPlainTarget(target)) return nowhere;
  const [path = ""] = target.split("?", 1);
  const trimmed = path.replace(/^\/+/, "/").replace(/\/+$/, "");
  return trimmed === "" ? "/" : trimmed;
}

/** No route has it. */
const nowhere = "/.";

const rawTarget = (context: Context<MachineEnv>) => targetOf(context.req.raw, context.env.incoming);

function isPlainTarget(target: string): boolean {
  return target.startsWith("/") && !hasDotSegment(target);
}

function badTarget() {
  const refusal = new AppError(
    "invalid_input",
    "The request target must be a path without dot segments.",
  );
  return problemReply(wireProblemOf(refusal, {}), requestIdFor(undefined));
}

const textHeaders = { "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" };
const text = (status: number, sentence: string) => ({
  status,
  headers: textHeaders,
  body: `${sentence}\n`,
});

let made: string | undefined;
/** The same for the life of the process. */
const document = () => (made ??= JSON.stringify(openApiDocument()));
