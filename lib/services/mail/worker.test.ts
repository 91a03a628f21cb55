import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { talliesOf } from "@/lib/config/tallies";
import { transaction } from "@/lib/data/db";

import { mailsInQueue } from "../load";
import { enqueueMail } from "./enqueue";
import {
  address,
  enqueueMany,
  enqueueNotice,
  eventually,
  ids,
  setStage,
  settled,
  startMailServer,
  startQuickWorker,
  stopWorkers,
  storedMails,
} from "./stage.fixture";
import type { MailTransport } from "./transport";

let stage: Awaited<ReturnType<typeof setStage>>;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.strike());
beforeEach(() => runtime().pool.query("delete from mails"));
afterEach(stopWorkers);

it("four workers on one database send each of 200 mails exactly once", async () => {
  const server = await startMailServer();
  await enqueueMany(100);
  for (let index = 0; index < 4; index += 1) startQuickWorker({ transport: server.transport });
  await enqueueMany(100);
  const rows = await settled();
  await stopWorkers();
  expect(rows).toHaveLength(200);
  expect(rows.every((row) => row.sent_at !== null && row.attempts === 1)).toBe(true);
  expect(server.received).toHaveLength(200);
  expect(ids(server.received).size).toBe(200);
  await server.close();
});

it("a mail is sent if and only if its transaction commits", async () => {
  const server = await startMailServer();
  const values = { userName: "maria", blockedAt: new Date().toISOString() };
  const mail = { template: "user_blocked", userId: "u", recipient: address(1), values } as const;
  await expect(
    transaction(async (tx) => {
      await enqueueMail(tx, mail);
      throw new Error("undone");
    }),
  ).rejects.toThrow("undone");
  await transaction((tx) => enqueueMail(tx, mail));
  startQuickWorker({ transport: server.transport });
  await settled();
  expect(server.received).toHaveLength(1);
  await server.close();
});

it("a worker that polls rarely is woken by what is queued in its process", async () => {
  const server = await startMailServer();
  startQuickWorker({ transport: server.transport, pollMilliseconds: 600_000 });
  await new Promise((resolve) => setTimeout(resolve, 100));
  await enqueueNotice(address(1));
  await settled();
  expect(server.received).toHaveLength(1);
  await server.close();
});

it("one slow delivery does not hold up the others, and stopping waits for it", async () => {
  const held: (() => void)[] = [];
  const server = await startMailServer({
    onRcptTo(recipient, _session, callback) {
      if (recipient.address === address(0)) held.push(() => callback(null));
      else callback(null);
    },
  });
  await enqueueMany(30);
  const worker = startQuickWorker({ transport: server.transport, mostAtOnce: 3 });
  const sent = async () => (await storedMails()).filter((row) => row.sent_at !== null).length;
  await eventually(sent).toBe(29);
  const stopped = worker.stop();
  held.forEach((release) => release());
  await stopped;
  expect(await sent()).toBe(30);
  await server.close();
});

it("stopping cuts a delivery that does not end and returns the mail", async () => {
  const server = await startMailServer({ onRcptTo: () => undefined });
  await enqueueNotice(address(1));
  const worker = startQuickWorker({ transport: server.transport, graceMilliseconds: 200 });
  await eventually(async () => (await storedMails())[0]?.leased_until).toBeTruthy();
  // The server never answers: without the cut this would wait for ever.
  await worker.stop();
  expect((await storedMails())[0]).toMatchObject({
    attempts: 0,
    leased_until: null,
    sent_at: null,
  });
  await server.close();
});

it("a worker that dies between sending and marking leaves one duplicate with the same Message-ID", async () => {
  const server = await startMailServer();
  const dying: MailTransport = {
    send: async (mail, signal) => {
      await server.transport.send(mail, signal);
      await new Promise(() => undefined);
    },
  };
  await enqueueMany(5);
  // As many at once as there are mails: with a place left, it would take them again beside the second worker.
  startQuickWorker({ transport: dying, mostAtOnce: 5, leaseSeconds: 0.5, graceMilliseconds: 1 });
  await eventually(() => server.received.length).toBe(5);
  startQuickWorker({ transport: server.transport });
  await settled();
  expect(server.received).toHaveLength(10);
  expect(ids(server.received).size).toBe(5);
  await server.close();
});

it("survives a database that goes away and comes back, and sends nothing twice", async () => {
  const server = await startMailServer();
  const name = new URL(stage.database.url).pathname.slice(1);
  const admin = new URL(stage.database.url);
  admin.pathname = "/postgres";
  const client = new Client({ connectionString: admin.href });
  await client.connect();
  startQuickWorker({ transport: server.transport });
  await enqueueMany(10);
  await settled();
  await client.query(`alter database ${name} allow_connections false`);
  await client.query("select pg_terminate_backend(pid) from pg_stat_activity where datname = $1", [
    name,
  ]);
  // More failures than the pool has connections: none of them may be lost.
  for (let failure = 0; failure < 20; failure += 1) {
    await expect(enqueueNotice(address(1))).rejects.toThrow();
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
  await client.query(`alter database ${name} allow_connections true`);
  await client.end();
  await enqueueMany(10);
  await settled();
  expect(server.received).toHaveLength(20);
  expect(ids(server.received).size).toBe(20);
  await server.close();
});

it("an expired mail is given up unsent, and after twenty attempts any mail is", async () => {
  const outcomes = () =>
    Object.fromEntries(
      Array.from(talliesOf("mails").values(), ({ labels, count }) => [labels["outcome"], count]),
    );
  const { given_up: givenUp = 0, postponed = 0 } = outcomes();
  const server = await startMailServer();
  await enqueueNotice(address(1));
  await runtime().pool.query(
    "update mails set expires_at = now() - interval '1 second', next_attempt_at = now() + interval '5 hours'",
  );
  startQuickWorker({ transport: server.transport });
  expect((await settled())[0]).toMatchObject({
    sent_at: null,
    last_problem: "It expired before it could be sent.",
  });
  expect(server.received).toHaveLength(0);
  await server.close();
  await runtime().pool.query("delete from mails");
  await enqueueNotice(address(2));
  const [row] = await settled();
  expect(row).toMatchObject({ attempts: 20, sent_at: null, last_problem: "CONN failed: ESOCKET." });
  expect(outcomes()).toMatchObject({ given_up: givenUp + 2, postponed: postponed + 19 });
});

it("the queue is counted as it is now, what was sent or given up left out", async () => {
  await enqueueMany(3);
  await runtime().pool.query(
    "update mails set created_at = now() - interval '2 hours' where id = (select id from mails limit 1)",
  );
  const queue = await mailsInQueue();
  expect(queue).toMatchObject({ count: 3 });
  expect(Math.round((queue?.longestWaitSeconds ?? 0) / 60)).toBe(120);
  await runtime().pool.query("update mails set sent_at = now()");
  expect(await mailsInQueue()).toEqual({ count: 0, longestWaitSeconds: 0 });
});
