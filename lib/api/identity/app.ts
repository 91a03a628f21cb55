import { type Context, Hono } from "hono";

import { runtime } from "@/lib/config/runtime";

import { answer, problemReply } from "../endpoint";
import { originOf, requestIdFor } from "../origin";
import { jsonHeaders, type MachineEnv, send } from "../reply";
import { wireRequestOf } from "../wire-request";
import { identityOperations } from "./operations/all";
import { methodNotAllowed, noSuchOperation, type WireProblem } from "./problem";

/**
 * The Identity API, to be mounted at `/20160918`: a route per operation and nothing else, because a request that only
 * one route matches is spared Hono's chain of handlers.
 */
export function identityApi(): Hono<MachineEnv> {
  const app = new Hono<MachineEnv>();
  for (const operation of identityOperations) {
    // Hono would run a GET for a HEAD; no client's HEAD carries a signature (identity-api.md 1.6).
    app.on(operation.method, operation.path, async (context) =>
      context.req.method === "HEAD"
        ? refuseMethod(operation.path)(context)
        : send(
            context,
            await answer(
              operation,
              wireRequestOf(context),
              (name) => context.req.param(name) ?? "",
            ),
          ),
    );
  }
  return app;
}

/** JSON problems for what no operation answers, to be mounted at the same place of another app. */
export function identityRefusals(): Hono<MachineEnv> {
  const app = new Hono<MachineEnv>();
  for (const path of new Set(identityOperations.map((operation) => operation.path)))
    app.all(path, refuseMethod(path));
  app.all("*", (context) => problem(context, noSuchOperation));
  return app;
}

function refuseMethod(path: string) {
  const methods = identityOperations.filter((operation) => operation.path === path);
  const allow = methods.map(({ method }) => method).join(", ");
  return (context: Context<MachineEnv>) => problem(context, methodNotAllowed, { allow });
}

function problem(
  context: Context<MachineEnv>,
  found: WireProblem,
  headers: Record<string, string> = {},
): Response {
  const { incoming } = context.env;
  const requestId = incoming
    ? originOf(incoming, runtime().env).requestId
    : requestIdFor(context.req.header("opc-request-id"));
  // The body, if any, is nobody's: unread it would hold up the connection's next request.
  incoming?.resume();
  const reply = problemReply(found, requestId);
  return send(context, { ...reply, headers: { ...jsonHeaders, ...reply.headers, ...headers } });
}
