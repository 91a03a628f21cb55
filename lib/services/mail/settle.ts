import "server-only";

import { runtime } from "@/lib/config/runtime";
import { tally } from "@/lib/config/tallies";
import { reading, type Tx } from "@/lib/data/db";
import {
  deleteLeasedMail,
  giveUpMail,
  type LeasedMail,
  markMailSent,
  postponeMail,
  returnMail,
} from "@/lib/data/mails";
import { mostAttempts } from "@/lib/domain/mail/back-off";

import type { Outcome } from "./deliver";
import { atMost } from "./pause";

/** What becomes of a leased mail. `returned`: as if it had never been leased. */
export type Settlement = Outcome | { readonly type: "returned" };

export interface SettleOptions {
  readonly backOffSeconds: (attempt: number) => number;
  /** How long to insist. Afterwards the lease runs out by itself and the mail is sent once more. */
  readonly leaseSeconds: number;
  readonly signal: AbortSignal;
}

/**
 * Writes down what became of a mail. A database that is away for a moment must not make a sent mail be sent again, so
 * this insists while the lease lasts. Never throws.
 */
export async function settle(
  mail: LeasedMail,
  settlement: Settlement,
  options: SettleOptions,
): Promise<void> {
  const { log } = runtime();
  const wanted = judged(mail, settlement);
  report(mail, wanted);
  const until = performance.now() + options.leaseSeconds * 1000;
  for (let waitMilliseconds = 100; ; waitMilliseconds = Math.min(waitMilliseconds * 2, 10_000)) {
    try {
      return await reading((tx) => write(tx, mail, wanted, options));
    } catch {
      if (options.signal.aborted || performance.now() + waitMilliseconds > until) break;
      await atMost(waitMilliseconds, aborted(options.signal));
    }
  }
  log.error(
    { mail: mail.id, outcome: wanted.type },
    "what became of a mail could not be written down",
  );
}

function judged(mail: LeasedMail, settlement: Settlement): Settlement {
  const isLast = settlement.type === "postponed" && mail.attempts >= mostAttempts;
  return isLast ? { type: "given_up", problem: settlement.problem } : settlement;
}

function report({ id, template, attempts }: LeasedMail, settlement: Settlement): void {
  const { log } = runtime();
  const about = { mail: id, template, attempt: attempts };
  if (settlement.type !== "returned") tally("mails", { outcome: settlement.type });
  if (settlement.type === "given_up")
    log.error({ ...about, problem: settlement.problem }, "a mail is given up");
  if (settlement.type === "postponed")
    log.warn({ ...about, problem: settlement.problem }, "a mail is postponed");
}

function write(
  tx: Tx,
  mail: LeasedMail,
  settlement: Settlement,
  { backOffSeconds }: SettleOptions,
): Promise<void> {
  switch (settlement.type) {
    case "sent":
      return markMailSent(tx, mail.id);
    case "unneeded":
      return deleteLeasedMail(tx, mail);
    case "given_up":
      return giveUpMail(tx, mail, settlement.problem);
    case "postponed":
      return postponeMail(tx, mail, {
        seconds: backOffSeconds(mail.attempts),
        problem: settlement.problem,
      });
    case "returned":
      return returnMail(tx, mail);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
