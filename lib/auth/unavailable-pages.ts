import "server-only";
import { single } from "@/lib/config/runtime";

const marks = () => single("unavailable-pages", () => new Set<string>());

/** Tells the front door that the page of this request could not be made. A page cannot set its own status. */
export function markUnavailable(requestId: string): void {
  marks().add(requestId);
}

/** Whether the page of this request was marked; forgets it. */
export function takeUnavailableMark(requestId: string): boolean {
  return marks().delete(requestId);
}
