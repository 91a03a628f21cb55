import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import type { Ledger, Outcome, Step } from "./ledger";
import { ask } from "./people";
import type { Reply, SignedCall, Signer } from "./signer";

export interface Load {
  /** Statuses and broken connections so far. */
  readonly seen: Map<string, number>;
  /** Answers of 503 that did not say when to come back. */
  readonly withoutRetryAfter: () => number;
  stop(): Promise<void>;
}

/** Clients that tell the ledger what they ask and what they were told, story after story, whatever happens to the server. */
export function startLoad(origin: string, admin: Signer, ledger: Ledger, clients: number): Load {
  const seen = new Map<string, number>();
  const state = { isWanted: true, withoutRetryAfter: 0 };

  const note = (what: string) => void seen.set(what, (seen.get(what) ?? 0) + 1);

  async function perform(story: string, step: Step, call: SignedCall): Promise<Reply | undefined> {
    ledger.write({ story, step, outcome: "asked" });
    let reply: Reply;
    try {
      reply = await ask(origin, admin, call);
    } catch {
      note("no answer");
      ledger.write({ story, step, outcome: "unknown" });
      await sleep(pauseMilliseconds);
      return undefined;
    }
    const { status } = reply;
    note(String(status));
    if (status === 503 && reply.headers["retry-after"] === undefined) state.withoutRetryAfter += 1;
    const outcome = outcomeOf(status);
    const id: unknown = Object(reply.body)["id"];
    ledger.write({ story, step, outcome, status, ...(typeof id === "string" ? { id } : {}) });
    if (outcome === "done") return reply;
    await sleep(pauseMilliseconds);
    return undefined;
  }

  async function tell(): Promise<void> {
    const story = `story-${randomUUID()}`;
    const user = { compartmentId: admin.tenancyId, name: story, description: "ledgered" };
    const made = await perform(story, "createUser", { method: "POST", path: "/users", body: user });
    if (!made) return;
    const path = `/users/${idOf(made)}/authTokens`;
    const token = await perform(story, "createToken", {
      method: "POST",
      path,
      body: { description: "first" },
    });
    if (!token) return;
    const one = `${path}/${idOf(token)}`;
    const changed = await perform(story, "updateToken", {
      method: "PUT",
      path: one,
      body: { description: "second" },
    });
    if (changed) await perform(story, "deleteToken", { method: "DELETE", path: one });
  }

  const running = Array.from({ length: clients }, async () => {
    while (state.isWanted) await tell();
  });
  return {
    seen,
    withoutRetryAfter: () => state.withoutRetryAfter,
    stop: async () => {
      state.isWanted = false;
      await Promise.all(running);
    },
  };
}

/** After a disappointment; a server that is away needs no thousand knocks to be found back. */
const pauseMilliseconds = 60;

/** A server error does not say whether the commit went through: that answer may be the one that was lost. */
function outcomeOf(status: number): Outcome {
  if (status < 300) return "done";
  return status < 500 ? "refused" : "unknown";
}

const idOf = ({ body }: Reply) => String(Object(body)["id"]);
