import "server-only";
import { Counter, Gauge, type Registry } from "prom-client";

import { talliesOf } from "@/lib/config/tallies";
import { loadOfProcess, mailsInQueue } from "@/lib/services/load";

/** What `/metrics` says of the process besides its requests. Everything is read when it is asked for. */
export function registerProcessMetrics(registry: Registry): void {
  for (const make of [connections, passwords, mails, longestWait, settledMails, securityEvents])
    make([registry]);
}

const connections = (registers: Registry[]) =>
  new Gauge({
    name: "latchkey_database_connections",
    help: "Connections of this process to the database, and requests that wait for one, by state.",
    labelNames: ["state"],
    registers,
    collect() {
      for (const [state, count] of Object.entries(loadOfProcess().connections))
        this.set({ state }, count);
    },
  });

const passwords = (registers: Registry[]) =>
  new Gauge({
    name: "latchkey_password_hashes",
    help: "Password hashes that this process makes and that wait for their turn, by state.",
    labelNames: ["state"],
    registers,
    collect() {
      for (const [state, count] of Object.entries(loadOfProcess().passwords))
        this.set({ state }, count);
    },
  });

const mails = (registers: Registry[]) =>
  new Gauge({
    name: "latchkey_mails_waiting",
    help: "Mails that still have to be sent, by any process.",
    registers,
    async collect() {
      // A number of a while ago would look like one of now.
      this.set((await mailsInQueue())?.count ?? Number.NaN);
    },
  });

const longestWait = (registers: Registry[]) =>
  new Gauge({
    name: "latchkey_mail_longest_wait_seconds",
    help: "Age of the oldest mail that still has to be sent, by any process.",
    registers,
    async collect() {
      this.set((await mailsInQueue())?.longestWaitSeconds ?? Number.NaN);
    },
  });

const settledMails = (registers: Registry[]) =>
  new Counter({
    name: "latchkey_mails_total",
    help: "Attempts of this process to send a mail, by what became of it.",
    labelNames: ["outcome"],
    registers,
    collect() {
      this.reset();
      for (const { labels, count } of talliesOf("mails").values()) this.inc(labels, count);
    },
  });

const securityEvents = (registers: Registry[]) =>
  new Counter({
    name: "latchkey_security_events_total",
    help: "Events of the audit trail that this process wrote, by OWASP's name for it and by act.",
    labelNames: ["event", "action"],
    registers,
    collect() {
      this.reset();
      for (const { labels, count } of talliesOf("securityEvents").values()) this.inc(labels, count);
    },
  });
