import "server-only";
import { runtime } from "@/lib/config/runtime";
import { reading } from "@/lib/data/db";
import { countWaitingMails } from "@/lib/data/mails";
import { passwordLoad } from "@/lib/secrets/hash-password";

/** What this process is busy with, and what waits for it. */
export function loadOfProcess() {
  const { totalCount, idleCount, waitingCount } = runtime().pool;
  return {
    connections: { busy: totalCount - idleCount, idle: idleCount, waiting: waitingCount },
    passwords: passwordLoad(),
  };
}

/** The mails that all processes have to send; undefined while the database is away. Who asks at once asks together. */
export function mailsInQueue(): Promise<WaitingMails | undefined> {
  return (asked ??= reading(countWaitingMails)
    .catch(() => undefined)
    .finally(() => (asked = undefined)));
}

type WaitingMails = Awaited<ReturnType<typeof countWaitingMails>>;

let asked: Promise<WaitingMails | undefined> | undefined;
