import { createServer, type Socket } from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { transaction } from "@/lib/data/db";

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
import { smtpTransport } from "./transport";

let stage: Awaited<ReturnType<typeof setStage>>;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.strike());
beforeEach(() => runtime().pool.query("delete from mails"));
afterEach(stopWorkers);

it("a mail server that is down only delays: everything arrives once it is back", async () => {
  const gone = await startMailServer();
  await gone.close();
  const options = { transport: gone.transport };
  await enqueueMany(20);
  startQuickWorker(options);
  await eventually(async () => (await storedMails()).every((row) => row.attempts >= 2)).toBe(true);
  expect((await storedMails()).every((row) => row.last_problem === "CONN failed: ESOCKET.")).toBe(
    true,
  );
  const back = await startMailServer();
  options.transport = back.transport;
  await stopWorkers();
  startQuickWorker(options);
  await settled();
  expect(ids(back.received).size).toBe(20);
  expect(back.received).toHaveLength(20);
  await back.close();
});

it("a 4xx is tried again with the same Message-ID and nothing is sent twice", async () => {
  const offered: string[] = [];
  const server = await startMailServer({
    onRcptTo(recipient, _session, callback) {
      offered.push(recipient.address);
      const isFirst = offered.filter((each) => each === recipient.address).length < 3;
      callback(isFirst ? Object.assign(new Error("4.2.0 later"), { responseCode: 451 }) : null);
    },
  });
  await enqueueMany(10);
  startQuickWorker({ transport: server.transport });
  const rows = await settled();
  expect(rows.every((row) => row.sent_at !== null && row.attempts === 3)).toBe(true);
  expect(server.received).toHaveLength(10);
  await server.close();
});

it("a 5xx for the recipient gives up at once, says why, and keeps no secret and none of the server's words", async () => {
  const server = await startMailServer({
    onRcptTo(_recipient, _session, callback) {
      callback(Object.assign(new Error("5.1.1 no such user s3cret"), { responseCode: 550 }));
    },
  });
  await transaction((tx) =>
    enqueueMail(tx, {
      template: "temporary_password",
      userId: "u",
      recipient: address(1),
      values: { userName: "maria", requestedFrom: "192.0.2.1" },
      secretValues: { temporaryPassword: "s3cret" },
    }),
  );
  expect((await storedMails())[0]?.sealed_values).toMatch(/^v1\./);
  startQuickWorker({ transport: server.transport });
  const [row] = await settled();
  expect(row).toMatchObject({
    attempts: 1,
    sent_at: null,
    sealed_values: null,
    leased_until: null,
  });
  expect(row?.last_problem).toBe("RCPT TO was answered 550 5.1.1.");
  expect(stage.logged.join("")).not.toContain("s3cret");
  await server.close();
});

it("a 5xx that speaks of our configuration is not the mail's end", async () => {
  const problems = { isMisconfigured: true };
  const server = await startMailServer({
    onMailFrom(_sender, _session, callback) {
      callback(
        problems.isMisconfigured
          ? Object.assign(new Error("5.7.0 sign in first"), { responseCode: 530 })
          : null,
      );
    },
  });
  await enqueueNotice(address(1));
  startQuickWorker({ transport: server.transport });
  await eventually(async () => (await storedMails())[0]?.attempts).toBeGreaterThan(2);
  problems.isMisconfigured = false;
  const [row] = await settled();
  expect(row?.sent_at).not.toBeNull();
  await server.close();
});

it("a server that hangs up in the middle of the data gets the mail again", async () => {
  let seen = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.write("220 mean.example ESMTP\r\n");
    socket.on("data", (chunk) => {
      const line = chunk.toString("latin1");
      if (/^DATA/i.test(line)) return void socket.write("354 go on\r\n");
      if (/^(EHLO|MAIL|RCPT)/i.test(line)) return void socket.write("250 fine\r\n");
      seen += 1;
      socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : 0;
  await enqueueNotice(address(1));
  startQuickWorker({
    transport: smtpTransport({ url: `smtp://127.0.0.1:${port}`, from: runtime().env.mailFrom }),
  });
  await eventually(() => seen).toBeGreaterThan(2);
  await stopWorkers();
  const honest = await startMailServer();
  startQuickWorker({ transport: honest.transport });
  await settled();
  expect(honest.received).toHaveLength(1);
  sockets.forEach((socket) => socket.destroy());
  await new Promise((resolve) => server.close(resolve));
  await honest.close();
});
