import type { IncomingMessage } from "node:http";

import { answer } from "../endpoint";
import type { Reply } from "../reply";
import { hasBody, wireRequestFrom } from "../wire-request";
import type { Operation } from "./operation";
import { identityOperations } from "./operations/all";

/**
 * Runs the operation that a request without a body names, if its path is as plain as clients write it; undefined when
 * it is not, or no operation has it, and then the router judges. It spares the many small reads what Hono and its
 * adapter cost (docs/decisions/0010).
 */
export function answerPlainRequest(incoming: IncomingMessage): Promise<Reply> | undefined {
  const path = plainPath.exec(incoming.url ?? "")?.[1];
  if (path === undefined || hasBody(incoming)) return undefined;
  const segments = path.split("/");
  const routes = routesOf.get(`${incoming.method} ${segments.length}`);
  const route = routes?.find(({ pattern }) => matches(pattern, segments));
  if (!route) return undefined;
  return answer(
    route.operation,
    wireRequestFrom(incoming),
    (name) => segments[route.pattern.indexOf(`:${name}`)] ?? "",
  );
}

/** No escapes, no empty segments, none that starts with a dot. */
const plainPath = /^\/20160918((?:\/[\w:~-][\w:~.-]*)+)(?:\?|$)/;

interface Route {
  readonly operation: Operation;
  readonly pattern: readonly string[];
}

/** By method and number of segments, in the order of declaration, which is the router's too. */
const routesOf = new Map<string, Route[]>();
for (const operation of identityOperations) {
  const pattern = operation.path.split("/");
  const place = `${operation.method} ${pattern.length}`;
  routesOf.set(place, [...(routesOf.get(place) ?? []), { operation, pattern }]);
}

function matches(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.every((part, index) => part.startsWith(":") || part === segments[index]);
}
