import { leaveForSignIn } from "./leave";
import { isDialogOpen } from "./open-dialog";

/** A refused or failed GET of `/api/console`. */
export class RequestError extends Error {
  readonly status: number;
  readonly requestId: string | undefined;

  constructor(status: number, message: string, requestId?: string) {
    super(message);
    this.name = "RequestError";
    this.status = status;
    this.requestId = requestId;
  }
}

/** GETs one of our own JSON addresses. Throws `RequestError`; a session that has ended leads to the sign-in page, from work in hand not. */
export async function fetchJson<Answer>(path: string, signal: AbortSignal): Promise<Answer> {
  const first = await get(path, signal);
  // A proof of identity renews the session's cookie: a request that was under way with the old one is asked again.
  const response = first.status === 401 ? await get(path, signal) : first;
  const body: unknown = await response.json().catch(() => undefined);
  if (response.ok) return trusted<Answer>(body);
  if (response.status === 401 && !hasWork()) leaveForSignIn();
  throw new RequestError(
    response.status,
    textMember(body, "message"),
    textMember(body, "requestId"),
  );
}

/** What is typed, or a secret that is shown once, would go with the page. The next action tells that the session has ended. */
const hasWork = () => isDialogOpen() || document.querySelector("main form[method=post]") !== null;

function get(path: string, signal: AbortSignal): Promise<Response> {
  return fetch(path, { signal, headers: { accept: "application/json" } });
}

/** Our own server made it from the very type that the caller names, in the same release. */
function trusted<Answer>(body: unknown): Answer {
  return body as Answer;
}

function textMember(body: unknown, name: string): string {
  if (typeof body !== "object" || body === null) return "";
  const member: unknown = Reflect.get(body, name);
  return typeof member === "string" ? member : "";
}
