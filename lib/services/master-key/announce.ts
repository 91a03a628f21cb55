import "server-only";
import { randomUUID } from "node:crypto";
import { hostname } from "node:os";

import { runtime } from "@/lib/config/runtime";
import { reading } from "@/lib/data/db";
import { announceServer, withdrawServer } from "@/lib/data/servers";

const everyMilliseconds = 5_000;

/**
 * Looks every few seconds for a new master key, and says in the database which ones this server knows: a rotation waits
 * until every server knows the new one. Resolves once it has been said for the first time.
 */
export async function startAnnouncing(): Promise<{ stop(): Promise<void> }> {
  const id = randomUUID();
  await say(id);
  const timer = setInterval(() => void say(id), everyMilliseconds);
  timer.unref();
  return {
    stop: async () => {
      clearInterval(timer);
      await quietly(() => reading((tx) => withdrawServer(tx, id)));
    },
  };
}

async function say(id: string): Promise<void> {
  const { env, masterKeys } = runtime();
  await quietly(async () => {
    masterKeys.refresh();
    const server = { id, name: `${hostname()}:${env.port}`, masterKeyIds: [...masterKeys.ids()] };
    await reading((tx) => announceServer(tx, server));
  });
}

/** What is missed now is said the next time. */
async function quietly(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    runtime().log.warn({ err: error }, "this server could not announce itself");
  }
}
