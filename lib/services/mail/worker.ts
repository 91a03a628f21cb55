import "server-only";

import { runtime } from "@/lib/config/runtime";
import { reading } from "@/lib/data/db";
import { type LeasedMail, leaseMails } from "@/lib/data/mails";
import { backOffSeconds } from "@/lib/domain/mail/back-off";

import { deliver, type Outcome } from "./deliver";
import { atMost, pausable } from "./pause";
import { settle } from "./settle";
import { configuredTransport, type MailTransport } from "./transport";
import { onMailWake } from "./wake";

export interface MailWorker {
  /** Says that there may be mail: the worker looks at once instead of at its next round. */
  wake(): void;
  /** Takes no more mail, waits up to ten seconds for what is being sent, and returns the rest to the queue. */
  stop(): Promise<void>;
}

export interface MailWorkerOptions {
  readonly transport: MailTransport;
  readonly backOffSeconds: (attempt: number) => number;
  readonly pollMilliseconds: number;
  readonly leaseSeconds: number;
  readonly graceMilliseconds: number;
  readonly mostAtOnce: number;
}

/**
 * Sends queued mail until it is stopped: at least once each, and once each while nothing fails. Any number of workers
 * share one queue. Neither the mail server nor the database being away ends it.
 */
export function startMailWorker(given: Partial<MailWorkerOptions> = {}): MailWorker {
  const options = {
    ...defaults,
    ...given,
    transport: given.transport ?? configuredTransport(runtime()),
  };
  const stopping = new AbortController();
  const cutting = new AbortController();
  const inFlight = new Set<Promise<void>>();
  const { pause, wake } = pausable();
  const ignore = onMailWake(wake);

  async function run(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const places = options.mostAtOnce - inFlight.size;
      const leased = places > 0 ? await lease(places, options) : [];
      failures = leased === undefined ? failures + 1 : 0;
      for (const mail of leased ?? []) track(handle(mail));
      const isMoreLikely = places > 0 && leased?.length === places;
      if (!isMoreLikely)
        await pause(failures === 0 ? options.pollMilliseconds : outageMilliseconds(failures));
    }
  }

  function track(work: Promise<void>): void {
    inFlight.add(work);
    void work.finally(() => {
      inFlight.delete(work);
      wake();
    });
  }

  async function handle(mail: LeasedMail): Promise<void> {
    const signal = cutting.signal;
    const outcome = stopping.signal.aborted
      ? returned
      : await attempt(mail, options.transport, signal);
    const isCutShort = signal.aborted && outcome.type === "postponed";
    await settle(mail, isCutShort ? returned : outcome, { ...options, signal });
  }

  const running = run();
  return {
    wake,
    stop: async () => {
      ignore();
      stopping.abort();
      wake();
      const done = () => running.then(() => Promise.allSettled(inFlight));
      await atMost(options.graceMilliseconds, done());
      cutting.abort();
      await atMost(cutMilliseconds, done());
    },
  };
}

const defaults = {
  backOffSeconds: (attempt: number) => backOffSeconds(attempt),
  pollMilliseconds: 3_000,
  /** Longer than any attempt, so that no other worker takes a mail that is being sent. */
  leaseSeconds: 300,
  graceMilliseconds: 8_000,
  /** One is between sent and marked at any time: a crash causes one duplicate at most (security.md, P4). */
  mostAtOnce: 1,
};
const returned = { type: "returned" } as const;
const attemptMilliseconds = 60_000;
const cutMilliseconds = 2_000;

const outageMilliseconds = (failures: number) => Math.min(30_000, 250 * 2 ** failures);

async function lease(
  most: number,
  { leaseSeconds }: MailWorkerOptions,
): Promise<LeasedMail[] | undefined> {
  try {
    return await reading((tx) => leaseMails(tx, { most, leaseSeconds }));
  } catch (error) {
    runtime().log.warn({ reason: messageOf(error) }, "the mail queue cannot be read");
    return undefined;
  }
}

async function attempt(
  mail: LeasedMail,
  transport: MailTransport,
  cut: AbortSignal,
): Promise<Outcome> {
  try {
    return await deliver(
      mail,
      transport,
      AbortSignal.any([cut, AbortSignal.timeout(attemptMilliseconds)]),
    );
  } catch (error) {
    const about = { mail: mail.id, template: mail.template, reason: messageOf(error) };
    runtime().log.error(about, "a mail could not be prepared");
    return { type: "postponed", problem: "It could not be prepared." };
  }
}

/** The innermost cause: the errors around it repeat the statement and its values. */
function messageOf(error: unknown): string {
  let cause = error;
  while (cause instanceof Error && cause.cause instanceof Error) cause = cause.cause;
  return cause instanceof Error ? cause.message : "unknown";
}
