import "server-only";
import { eventWithoutCaller } from "./record";

/** An act of whoever runs the host, on a user. */
export function hostEvent(action: string, user: { id: string; name: string }) {
  const origin = { requestId: "", address: "localhost", client: "host" };
  const subject = { type: "user", id: user.id, name: user.name };
  return eventWithoutCaller(origin, { action, outcome: "done", via: "host", owner: user, subject });
}
