import "server-only";
import { single } from "@/lib/config/runtime";

/** What became of a page that could not show what its address promises. */
export type PageStatus = 404 | 503;

/** Or that an action has begun: its request could be read, and what fails from then on is our fault. */
type PageMark = PageStatus | "begun";

/** What the front door is told of a request by whoever answers it. */
interface RequestNotes {
  mark?: PageMark | undefined;
  /** Who turned out to have sent it. */
  userId?: string;
}

const notes = () => single("request-notes", () => new Map<string, RequestNotes>());

/** From now on, and until they are taken, notes of this request are kept; of any other they are dropped. */
export function keepNotes(requestId: string): void {
  notes().set(requestId, {});
}

/** The request is over. */
export function takeNotes(requestId: string): RequestNotes {
  const found = notes().get(requestId) ?? {};
  notes().delete(requestId);
  return found;
}

export function noteUser(requestId: string, userId: string): void {
  const found = notes().get(requestId);
  if (found) found.userId = userId;
}

/**
 * Tells the front door what status the page of this request has. A page cannot set its own, and Next's `notFound()`
 * would send an empty document that only JavaScript fills.
 */
export function markPage(requestId: string, status: PageStatus): void {
  mark(requestId, status);
}

/** Tells the front door that an action's code runs for this request. */
export function markBegun(requestId: string): void {
  mark(requestId, "begun");
}

/** What the page of this request was marked with; forgets it. */
export function takePageMark(requestId: string): PageMark | undefined {
  const found = notes().get(requestId);
  const taken = found?.mark;
  if (found) found.mark = undefined;
  return taken;
}

function mark(requestId: string, value: PageMark): void {
  const found = notes().get(requestId);
  if (found) found.mark = value;
}
