import "server-only";
import { Counter, Gauge, type Registry } from "prom-client";

import { type Tallied, talliesOf } from "@/lib/config/tallies";
import { loadOfProcess, mailsInQueue } from "@/lib/services/load";

/** Counts of what the process is busy with, by state. */
const byState =
  (name: string, help: string, part: keyof ReturnType<typeof loadOfProcess>) =>
  (registers: Registry[]) =>
    new Gauge({
      name,
      help,
      labelNames: ["state"],
      registers,
      collect() {
        for (const [state, count] of Object.entries(loadOfProcess()[part]))
          this.set({ state }, count);
      },
    });

const connections = byState(
  "latchkey_database_connections",
  "Connections of this process to the database, and requests that wait for one, by state.",
  "connections",
);

const passwords = byState(
  "latchkey_password_hashes",
  "Password hashes that this process makes and that wait for their turn, by state.",
  "passwords",
);

/** Of the mails that wait, for any process. A number of a while ago would look like one of now. */
const ofQueue =
  (name: string, help: string, part: "count" | "longestWaitSeconds") => (registers: Registry[]) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        this.set((await mailsInQueue())?.[part] ?? Number.NaN);
      },
    });

const mails = ofQueue(
  "latchkey_mails_waiting",
  "Mails that still have to be sent, by any process.",
  "count",
);

const longestWait = ofQueue(
  "latchkey_mail_longest_wait_seconds",
  "Age of the oldest mail that still has to be sent, by any process.",
  "longestWaitSeconds",
);

const tallied =
  (name: string, help: string, labelNames: string[], what: keyof Tallied) =>
  (registers: Registry[]) =>
    new Counter({
      name,
      help,
      labelNames,
      registers,
      collect() {
        this.reset();
        for (const { labels, count } of talliesOf(what).values()) this.inc(labels, count);
      },
    });

const settledMails = tallied(
  "latchkey_mails_total",
  "Attempts of this process to send a mail, by what became of it.",
  ["outcome"],
  "mails",
);

const securityEvents = tallied(
  "latchkey_security_events_total",
  "Events of the audit trail that this process wrote, by OWASP's name for it and by act.",
  ["event", "action"],
  "securityEvents",
);

/** What `/metrics` says of the process besides its requests. Everything is read when it is asked for. */
export function registerProcessMetrics(registry: Registry): void {
  for (const make of [connections, passwords, mails, longestWait, settledMails, securityEvents])
    make([registry]);
}
