import { readFileSync } from "node:fs";

import { call as signedCall, ownDate, send, type Signer } from "./signer";

/** A server action of the build, and a page that offers it. */
export interface ActionEntry {
  readonly id: string;
  readonly name: string;
  readonly page: string;
}

export interface OperationEntry {
  readonly name: string;
  readonly method: string;
  readonly path: string;
}

/** Every server action, by Next's own manifest. */
export function actionEntries(): ActionEntry[] {
  const manifest: {
    node: Record<string, { exportedName?: string; workers?: Record<string, unknown> }>;
    edge: Record<string, unknown>;
  } = JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8"));
  if (Object.keys(manifest.edge).length > 0) throw new Error("There are actions on the edge.");
  const routes = pageRoutes();
  return Object.entries(manifest.node).map(([id, { exportedName = "", workers = {} }]) => {
    // One that anybody may open: not the page of a credential that must be there.
    const worker = Object.keys(workers).find((route) => !route.includes("[credentialId]")) ?? "";
    return { id, name: exportedName, page: routes[worker.replace(/^app/, "")] ?? "/sign-in" };
  });
}

/** Every page and route handler of the app router; there must be none outside it. */
export function pageEntries(): string[] {
  const pages: Record<string, string> = JSON.parse(
    readFileSync(".next/server/pages-manifest.json", "utf8"),
  );
  const own = Object.keys(pages).filter((path) => !nextsOwn.has(path));
  return [...new Set([...Object.values(pageRoutes()), ...own])];
}

const nextsOwn = new Set(["/_app", "/_document", "/_error", "/404", "/500"]);

function pageRoutes(): Record<string, string> {
  return JSON.parse(readFileSync(".next/app-path-routes-manifest.json", "utf8"));
}

/** Every operation that the running server says it has. */
export async function operationEntries(origin: string): Promise<OperationEntry[]> {
  const document: { paths: Record<string, Record<string, { operationId: string }>> } = await (
    await fetch(`${origin}/openapi.json`)
  ).json();
  return Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId }]) => ({
      name: operationId,
      method: method.toUpperCase(),
      path,
    })),
  );
}

/** What came of a request: the verdict, and every byte by which two refusals could differ. */
export interface Answer {
  readonly verdict: string;
  readonly bytes: string;
}

type ActionInput = { argument: unknown } | { form: Record<string, string> };

/** Calls an action as the page's script does. */
export async function callAction(
  origin: string,
  {
    id,
    path,
    cookie,
    headers = {},
  }: {
    id: string;
    path: string;
    cookie: string | undefined;
    headers?: Record<string, string>;
  },
  input: ActionInput,
): Promise<Answer & { status: number; text: string; setsCookie: boolean }> {
  const body = "argument" in input ? JSON.stringify([input.argument]) : encodeForm(input.form);
  const response = await fetch(origin + path, {
    method: "POST",
    redirect: "manual",
    headers: {
      ...(cookie === undefined ? {} : { cookie }),
      origin,
      accept: "text/x-component",
      ...("argument" in input ? { "content-type": "text/plain;charset=UTF-8" } : {}),
      "next-action": id,
      ...headers,
    },
    body,
  });
  const text = await response.text();
  const result = returned(text);
  return {
    status: response.status,
    text,
    setsCookie: response.headers.getSetCookie().length > 0,
    verdict: verdictOf(response, result),
    bytes: `${response.status} ${JSON.stringify(result)}`,
  };
}

/** The arguments (state, form) in React's own encoding: part 0 is the list, the form's members follow by its number. */
function encodeForm(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(`_1_${name}`, value);
  data.set("0", '[{},"$K1"]');
  return data;
}

function verdictOf(response: Response, result: unknown): string {
  const redirect = response.headers.get("x-action-redirect");
  if (redirect !== null) return redirect.split(";")[0] ?? "";
  const { ok, isDone, error } = Object(result);
  if (ok === true) return "allowed";
  if (isDone === true) return "done";
  return typeof error?.code === "string" ? error.code : `status ${response.status}`;
}

/** The first row of the flight stream names the row of the returned value. */
function returned(text: string): unknown {
  const rows = new Map(
    text
      .split("\n")
      .map((line) => [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)]),
  );
  const head = rows.get("0");
  if (!head?.startsWith("{")) return undefined;
  const { a } = JSON.parse(head);
  const row = rows.get(typeof a === "string" ? a.replace("$@", "") : "");
  return row?.startsWith("{") ? JSON.parse(row) : row;
}

/** Loads a page, or asks a route handler, and says what one gets to see. */
export async function openPage(
  origin: string,
  path: string,
  { cookie, headers = {} }: { cookie: string | undefined; headers?: Record<string, string> },
): Promise<Answer & { status: number; text: string }> {
  const response = await fetch(origin + path, {
    redirect: "manual",
    headers: { ...(cookie === undefined ? {} : { cookie }), ...headers },
  });
  const text = await response.text();
  const { status } = response;
  return { status, text, verdict: pageVerdict(response, text), bytes: `${status} ${text}` };
}

function pageVerdict(response: Response, text: string): string {
  const { status, headers } = response;
  const location = headers.get("location");
  if (location !== null) return new URL(location, "http://here.invalid").pathname;
  const digest = /NEXT_(?:REDIRECT;[a-z]+;([^;"]*);|HTTP_ERROR_FALLBACK;404)/.exec(text);
  const isData = headers.get("content-type")?.startsWith("text/x-component") === true;
  if (isData && text.includes('"Nothing to see here"')) return "not_found";
  if (isData && digest)
    return digest[1] === undefined ? "not_found" : (digest[1].split("?")[0] ?? "");
  if (status === 200) return "allowed";
  const isJson = headers.get("content-type")?.startsWith("application/json") === true;
  if (isJson) return String(Object(JSON.parse(text)).code);
  return status === 404 ? "not_found" : `status ${status}`;
}

/** Sends an operation, signed if there is a key. */
export async function callOperation(
  origin: string,
  { method, path }: { method: string; path: string },
  { signer, body }: { signer: Signer | undefined; body: unknown },
): Promise<Answer & { status: number }> {
  const host = new URL(origin).host;
  const target = `/20160918${path}`;
  const reply = signer
    ? await signedCall(origin, signer, { method, path, body, date: ownDate() })
    : await send(origin, {
        method,
        target,
        headers: {
          host,
          "content-type": "application/json",
          "content-length": String(lengthOf(body)),
        },
        body: body === undefined ? "" : JSON.stringify(body),
      });
  const code: unknown = Object(reply.body).code;
  const isFine = reply.status >= 200 && reply.status < 300;
  const names = Object.keys(reply.headers).toSorted().join(" ");
  return {
    status: reply.status,
    verdict: isFine ? "allowed" : typeof code === "string" ? code : `status ${reply.status}`,
    bytes: `${reply.status} ${names} ${reply.text}`,
  };
}

const lengthOf = (body: unknown) =>
  body === undefined ? 0 : Buffer.byteLength(JSON.stringify(body));
