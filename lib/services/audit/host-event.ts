import "server-only";
import { type AuditNote, eventWithoutCaller } from "./record";

/** An act of whoever runs the host, on a user. */
export function hostEvent(action: string, user: { id: string; name: string }) {
  return hostEventOn(action, {
    owner: user,
    subject: { type: "user", id: user.id, name: user.name },
  });
}

/** An act of whoever runs the host, on anything. */
export function hostEventOn(action: string, note: AuditNote) {
  const origin = { requestId: "", address: "localhost", client: "host" };
  return eventWithoutCaller(origin, { action, outcome: "done", via: "host", ...note });
}
