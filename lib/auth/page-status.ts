import "server-only";
import { single } from "@/lib/config/runtime";

/** What became of a page that could not show what its address promises. */
export type PageStatus = 404 | 503;

/** Or that an action has begun: its request could be read, and what fails from then on is our fault. */
type PageMark = PageStatus | "begun";

const marks = () => single("page-status", () => new Map<string, PageMark>());

/**
 * Tells the front door what status the page of this request has. A page cannot set its own, and Next's `notFound()`
 * would send an empty document that only JavaScript fills.
 */
export function markPage(requestId: string, status: PageStatus): void {
  marks().set(requestId, status);
}

/** Tells the front door that an action's code runs for this request. */
export function markBegun(requestId: string): void {
  marks().set(requestId, "begun");
}

/** What the page of this request was marked with; forgets it. */
export function takePageMark(requestId: string): PageMark | undefined {
  const status = marks().get(requestId);
  marks().delete(requestId);
  return status;
}
