import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, expect, it } from "vitest";

import { ConsoleSession, settleAdministrator } from "../support/console-session";
import { countOf } from "../support/database";
import { mailsTo, makePerson } from "../support/people";
import { isFull, race, report } from "../support/race";
import { type RunningServer, startServer } from "../support/server";
import type { Signer } from "../support/signer";

const racers = isFull ? 128 : 64;
const rounds = isFull ? 500 : 4;
let first: RunningServer;
let second: RunningServer;
let admin: { signer: Signer; session: ConsoleSession };

beforeAll(async () => {
  first = await startServer();
  second = await startServer({ dataDir: first.dataDir });
  admin = await settleAdministrator(first);
});
afterAll(async () => {
  await second?.stop();
  await first?.stop();
});

it.each([
  {
    sort: "invitation",
    page: "/invitation",
    won: "This is the only time the",
    send: (userId: string) => admin.session.act("sendInvitationAction", { userId }),
    left: "select count(*) from invitations where user_id = $1",
    done: `select count(*) from audit_events e join console_passwords p on p.user_id = e.owner_id
      where e.owner_id = $1 and e.action = 'acceptInvitation' and p.must_change`,
  },
  {
    sort: "confirmation",
    page: "/confirm-email",
    won: "The address is confirmed.",
    // Whoever gets an address gets the mail.
    send: async () => undefined,
    left: "select count(*) from email_confirmations where user_id = $1",
    done: `select count(*) from audit_events e join users u on u.id = e.owner_id
      where e.owner_id = $1 and e.action = 'confirmEmail' and u.email_verified`,
  },
])("G4: a mailed $sort works for exactly one of all who use it at once", async (link) => {
  const totals = { winners: 0, refused: 0, busy: 0, roundsWithOther: 0, failed: 0 };
  for (let round = 0; round < rounds; round += 1) {
    const email = `linked-${randomUUID().slice(0, 8)}@example.com`;
    const { id } = await makePerson(first.url, admin.signer, { email });
    await link.send(id);
    const token = await tokenIn(email, link.page);
    const replies = await formRace(link.page, token);
    const pages = await Promise.all(replies.map((reply) => reply.text()));
    const winners = pages.filter((page) => page.includes(link.won)).length;
    totals.winners += winners;
    totals.refused += pages.filter((page) => page.includes("This link does not work")).length;
    // More than may hash at once are turned away before anything is used up.
    totals.busy += pages.filter((page) =>
      page.includes("Too many passwords are being checked"),
    ).length;
    totals.failed += replies.filter(({ status }) => status >= 500).length;
    const [left, done] = [await count(link.left, id), await count(link.done, id)];
    if (winners !== 1 || left !== 0 || done !== 1) totals.roundsWithOther += 1;
  }
  report(`G4 race/${link.sort}`, { rounds, racers, ...totals });
  expect(totals).toMatchObject({ winners: rounds, roundsWithOther: 0, failed: 0 });
  expect(totals.winners + totals.refused + totals.busy).toBe(rounds * racers);
});

const count = (statement: string, id: string) => countOf(first.dataDir, statement, [id]);

/** The button behind one link, pressed by all at once; each racer is a browser of its own. */
async function formRace(page: string, token: string) {
  const browsers = await Promise.all(
    [first, second].map(async ({ url }) => {
      const browser = new ConsoleSession(url);
      await browser.get(`${page}/open?token=${token}`);
      return { url, cookies: browser.cookies, form: await browser.prepareForm(page, {}) };
    }),
  );
  return race(racers, (index) => async () => {
    const opened = browsers[index % 2];
    if (opened === undefined) throw new Error("There are two servers.");
    const browser = new ConsoleSession(opened.url);
    for (const [name, value] of opened.cookies) browser.cookies.set(name, value);
    return browser.sendForm(opened.form);
  });
}

/** The token of the link that leads to a page, once its mail has come. */
async function tokenIn(email: string, page: string): Promise<string> {
  const link = new RegExp(`${page}/open\\?token=3D([\\w-]{43})`);
  const tokens = () => mailsTo(first.dataDir, email).flatMap((mail) => link.exec(mail)?.[1] ?? []);
  await expect.poll(tokens, { timeout: 30_000 }).toHaveLength(1);
  return tokens()[0] ?? "";
}
