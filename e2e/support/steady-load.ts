import { type Agent, request } from "node:http";

import { ownDate, sign, type Signer } from "./signer";

/** One request of a client that keeps its connection. */
export interface Call {
  /** The status, or the code of what broke. */
  readonly outcome: string;
  /** Sent on a connection that had served before: there the server knew of it. */
  readonly isReused: boolean;
}

/** Lists API keys over and over on one connection at a time, until the server takes no more connections. */
export async function loopCalls(
  origin: string,
  signer: Signer,
  agent: Agent,
  calls: Call[],
): Promise<void> {
  for (let refusals = 0; refusals < 3;) {
    const call = await listKeys(origin, signer, agent);
    calls.push(call);
    if (call.outcome === "200") refusals = 0;
    else refusals += 1;
  }
  agent.destroy();
}

function listKeys(origin: string, signer: Signer, agent: Agent): Promise<Call> {
  const { host, hostname, port } = new URL(origin);
  const path = `/users/${signer.userId}/apiKeys`;
  const { target, headers } = sign(signer, host, { method: "GET", path, date: ownDate() });
  return new Promise((resolve) => {
    const outgoing = request({ hostname, port, path: target, headers, setHost: false, agent });
    const settle = (outcome: string) => resolve({ outcome, isReused: outgoing.reusedSocket });
    outgoing.on("error", (error) => settle("code" in error ? String(error.code) : error.name));
    outgoing.on("response", (incoming) => {
      incoming.on("error", () => settle("broken body"));
      incoming.on("end", () => settle(String(incoming.statusCode)));
      incoming.resume();
    });
    outgoing.end();
  });
}
