import "server-only";
import { single } from "@/lib/config/runtime";

/** A one-time password and whose it is. */
export interface MadePassword {
  readonly userName: string;
  readonly secret: string;
}

const made = () => single("made-here", () => new Map<string, MadePassword>());

/** No page is drawn later than this after the action of the same request. */
const keptMilliseconds = 30_000;

/**
 * Hands a secret from an action to the page that the same request draws, with JavaScript and without: the state of a
 * form must not hold one (decisions.md 33a).
 */
export function keepForPage(requestId: string, password: MadePassword): void {
  made().set(requestId, password);
  setTimeout(() => made().delete(requestId), keptMilliseconds).unref();
}

/** What the action of this request made; forgets it. */
export function takeForPage(requestId: string): MadePassword | undefined {
  const password = made().get(requestId);
  made().delete(requestId);
  return password;
}
