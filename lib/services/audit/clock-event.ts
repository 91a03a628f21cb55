import "server-only";
import { type AuditNote, eventWithoutCaller } from "./record";

/** What happened because its time had come, on whichever server saw it first. */
export function clockEvent(action: string, note: AuditNote) {
  const origin = { requestId: "", address: "localhost", client: "latchkey" };
  return eventWithoutCaller(origin, { action, outcome: "done", via: "clock", ...note });
}
