import { afterAll, beforeAll, expect, test } from "vitest";

import { ConsoleSession } from "../support/console-session";
import { actionEntries, callAction, openPage } from "../support/entries";
import { addPeople, commonPassword, type House, startHouse } from "../support/house";
import { ask, type Person } from "../support/people";
import { isFull, report } from "../support/race";

/** G35: what ends a session on one server is over on the other at the very next request. */
const rounds = isFull ? 200 : 20;
let house: House;
let refused = 0;
const urls = () => house.servers.map(({ url }) => url);

beforeAll(async () => {
  house = await startHouse({ count: 2 });
});

afterAll(async () => {
  await house.stop();
  report("G35 revoked sessions", { triggers: triggers.length, rounds, refused });
});

/** Somebody signed in twice on the first server; both cookies open the second one. */
interface Scene {
  readonly person: Person;
  readonly acting: ConsoleSession;
  readonly other: ConsoleSession;
}

async function makeScene(round = 0): Promise<Scene> {
  const [person] = await addPeople(house, 1);
  if (!person) throw new Error("Nobody was made.");
  const [first = ""] = urls();
  const acting = new ConsoleSession(first);
  const other = new ConsoleSession(first);
  for (const [place, session] of [acting, other].entries()) {
    // The first of each kind comes through the front; the others get what such a sign-in left.
    if (round === 0) seats[place] = await signInFor(session, person);
    else await seat(session, person, seats[place]);
    expect((await askForData(session.cookieHeader)).verdict).toBe("not_found");
  }
  return { person, acting, other };
}

interface Seat {
  readonly cookies: ReadonlyMap<string, string>;
  readonly row: { readonly id: string; readonly hash: string };
}

const seats: Seat[] = [];

async function signInFor(session: ConsoleSession, { id, name }: Person): Promise<Seat> {
  await session.signIn(name, commonPassword);
  const { rows } = await house.database.query<Seat["row"]>(
    "select id, token_hash as hash from sessions where user_id = $1 order by created_at desc limit 1",
    [id],
  );
  const [row] = rows;
  if (!row) throw new Error("The person could not sign in.");
  return { cookies: new Map(session.cookies), row };
}

/** A session of the product's own making under another person's name: twenty sign-ins a trigger are minutes of hashing. */
async function seat(session: ConsoleSession, { id }: Person, taken: Seat | undefined) {
  if (!taken) throw new Error("Nobody signed in before.");
  for (const [name, value] of taken.cookies) session.cookies.set(name, value);
  await house.database.query(
    `insert into sessions (id, token_hash, user_id, proved_at, expires_at, address, client)
     values ($1, $2, $3, now(), now() + interval '1 hour', '127.0.0.1', 'a test')
     on conflict (id) do update set token_hash = excluded.token_hash, user_id = excluded.user_id,
       created_at = now(), proved_at = now(), last_seen_at = now()`,
    [taken.row.id, taken.row.hash, id],
  );
}

const askForData = (cookie: string) =>
  openPage(urls()[1] ?? "", "/api/console/users/none/activity", { cookie });

/** On the server that had no part in it: a page, a fetch and an action must say the same. */
async function isOpen(cookie: string): Promise<boolean> {
  const [, second = ""] = urls();
  const id = actionEntries().find(({ name }) => name === "endSessionAction")?.id ?? "";
  const act = { id, path: "/profile/security", cookie };
  const answered = await Promise.all([
    openPage(second, "/profile/security", { cookie }),
    askForData(cookie),
    callAction(second, act, { argument: { userId: "none", sessionId: "none" } }),
  ]);
  const answers = answered.map(({ verdict }) => verdict).join(" ");
  if (answers === "allowed not_found not_found") return true;
  expect(answers).toBe("/sign-in unauthenticated unauthenticated");
  return false;
}

async function succeed(reply: Promise<{ result: { ok: boolean } | undefined; text: string }>) {
  const { result, text } = await reply;
  expect(result?.ok, text).toBe(true);
}

const sessionIds = async ({ id }: Person) =>
  (
    await house.database.query<{ id: string }>(
      "select id from sessions where user_id = $1 order by created_at, id",
      [id],
    )
  ).rows;

type Ended = "acting" | "other" | "both";

const triggers: [string, Ended, (scene: Scene) => Promise<unknown>][] = [
  [
    "the password is changed",
    "both",
    async ({ acting }) => {
      const next = "Eleven-Blue-Kettles-77";
      const stale = acting.cookieHeader;
      const { status } = await acting.submitForm("/change-password", {
        currentPassword: commonPassword,
        newPassword: next,
        confirmNewPassword: next,
      });
      expect(status).toBe(303);
      // The session goes on under a new token; the old one is worth nothing.
      expect(await isOpen(acting.cookieHeader)).toBe(true);
      acting.cookies.clear();
      acting.cookies.set(stale.slice(0, stale.indexOf("=")), stale.slice(stale.indexOf("=") + 1));
    },
  ],
  [
    "identity is proved again",
    "acting",
    async ({ acting }) => {
      const stale = new Map(acting.cookies);
      await succeed(acting.act("proveIdentityAction", { password: commonPassword }));
      expect(await isOpen(acting.cookieHeader)).toBe(true);
      acting.cookies.clear();
      for (const [name, value] of stale) acting.cookies.set(name, value);
    },
  ],
  [
    "ten failures block the user",
    "both",
    async ({ person }) => {
      const fail = () =>
        new ConsoleSession(urls()[0] ?? "").signIn(person.name, "not the password");
      await fail();
      const skipped = await house.database.query(
        "update password_counters set failed = 9 where name_key = $1 and failed = 1",
        [person.name],
      );
      expect(skipped.rowCount).toBe(1);
      await fail();
    },
  ],
  [
    "an administrator resets the password",
    "both",
    async ({ person }) => operate("POST", `/users/${person.id}/uiPassword`),
  ],
  ["the user is deleted", "both", async ({ person }) => operate("DELETE", `/users/${person.id}`)],
  [
    "the user is suspended",
    "both",
    async ({ person }) =>
      succeed(house.admin.session.act("suspendUserAction", { userId: person.id, reason: "test" })),
  ],
  [
    "one session is ended",
    "other",
    async ({ person, acting }) => {
      const [, other] = await sessionIds(person);
      await succeed(acting.act("endSessionAction", { userId: person.id, sessionId: other?.id }));
    },
  ],
  [
    "an administrator ends one session",
    "acting",
    async ({ person }) => {
      const [first] = await sessionIds(person);
      const argument = { userId: person.id, sessionId: first?.id, reason: "test" };
      await succeed(house.admin.session.act("endSessionAction", argument));
    },
  ],
  [
    "the others are ended",
    "other",
    async ({ person, acting }) =>
      succeed(acting.act("endOtherSessionsAction", { userId: person.id })),
  ],
  [
    "an administrator ends all",
    "both",
    async ({ person }) =>
      succeed(
        house.admin.session.act("endOtherSessionsAction", { userId: person.id, reason: "test" }),
      ),
  ],
  [
    "the person signs out",
    "acting",
    async ({ acting }) => {
      const response = await fetch(`${acting.origin}/sign-out`, {
        method: "POST",
        redirect: "manual",
        headers: { cookie: acting.cookieHeader, origin: acting.origin },
      });
      expect([response.status, response.headers.get("location")]).toEqual([303, "/sign-in"]);
      expect(response.headers.get("clear-site-data")).toBe('"cache"');
      expect(response.headers.getSetCookie().join()).toMatch(/latchkey\.session=;.*Max-Age=0/i);
    },
  ],
];

async function operate(method: string, path: string): Promise<void> {
  const reply = await ask(urls()[0] ?? "", house.admin.signer, { method, path });
  expect([200, 204], reply.text).toContain(reply.status);
}

test.each(triggers)("%s", async (_name, ended, trigger) => {
  for (let round = 0; round < rounds; round += 1) {
    const scene = await makeScene(round);
    await trigger(scene);
    const open = {
      acting: await isOpen(scene.acting.cookieHeader),
      other: await isOpen(scene.other.cookieHeader),
    };
    expect(open).toEqual({
      acting: ended === "other",
      other: ended === "acting",
    });
    refused += ended === "both" ? 2 : 1;
  }
});

test("a reset password and a deleted user open nothing on either server", async () => {
  const { person } = await makeScene();
  await operate("POST", `/users/${person.id}/uiPassword`);
  for (const url of urls())
    expect((await new ConsoleSession(url).signIn(person.name, commonPassword)).status).toBe(200);
});
