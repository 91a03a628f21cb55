import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { reading, transaction } from "@/lib/data/db";
import { purgeSessions } from "@/lib/data/sessions";
import { saveSetting } from "@/lib/data/settings";
import type { Caller } from "@/lib/domain/caller";
import { activityLine } from "@/lib/domain/audit/words";
import { etagOf } from "@/lib/domain/etag";
import { sessionBounds } from "@/lib/domain/settings/sessions";
import { topicNames, topics } from "@/lib/domain/settings/topics";
import { searchAuditLog } from "@/lib/services/audit/search-audit-log";
import { callerFromSession } from "@/lib/auth/caller";
import { issueCredential } from "@/lib/services/credentials/issue-credential";
import { signIn } from "@/lib/services/sessions/sign-in";
import { makeCaller, makePerson, origin, password } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { changeSettings } from "./change-settings";
import { getSettings } from "./get-settings";

let stage: TestRuntime;
let admin: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  admin = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());
beforeEach(async () => {
  await runtime().pool.query("delete from settings where key = any($1)", [topicNames]);
});

const minimum = (length: number) => ({
  topic: "password-policy",
  change: { minimumLength: length },
});

describe("the settings", () => {
  it("have their defaults until somebody changes them, and keep what a change does not name", async () => {
    const before = await getSettings(admin, { topic: "password-policy" });
    expect(before).toMatchObject({ version: 1, value: { minimumLength: 12, historyLength: 5 } });
    await changeSettings(admin, minimum(14));
    const after = await getSettings(admin, { topic: "password-policy" });
    expect(after).toEqual({
      topic: "password-policy",
      version: 2,
      value: { ...before.value, minimumLength: 14 },
    });
  });

  it.each(topicNames)("of %s are hidden from whoever is no administrator", async (topic) => {
    const stranger = await makeCaller();
    const refused = { code: "not_found" };
    await expect(getSettings(stranger, { topic })).rejects.toMatchObject(refused);
    await expect(changeSettings(stranger, { topic, change: {} })).rejects.toMatchObject(refused);
  });

  it("refuse what is unknown, and every number beyond its bounds, with a sentence at the field", async () => {
    await expect(
      changeSettings(admin, { topic: "sessions", change: { surprise: 1 } }),
    ).rejects.toMatchObject({ code: "invalid_input" });
    for (const topic of topicNames)
      for (const field of topics[topic].fields) {
        if (field.type !== "number") continue;
        const { min, max } = field.bounds;
        for (const value of [min - 1, max + 1, min + 0.5, `${min}`])
          await expect(
            changeSettings(admin, { topic, change: { [field.name]: value } }),
          ).rejects.toMatchObject({
            code: "invalid_input",
            fields: { [field.name]: `Enter a whole number from ${min} to ${max}.` },
          });
        for (const value of [min, max])
          await changeSettings(admin, { topic, change: { [field.name]: value } });
      }
  });

  it("take the floors of security for their ends: a session never lives longer than without a setting", () => {
    const defaults = topics.sessions.schema.parse({});
    const longest = Object.entries(sessionBounds).map(([name, { max }]) => [name, max]);
    expect(defaults).toEqual(Object.fromEntries(longest));
  });

  it("are saved by one of two administrators who read the same; the other is told", async () => {
    for (const isThere of [false, true]) {
      if (isThere) await transaction((tx) => saveSetting(tx, "limits", {}));
      const { version } = await getSettings(admin, { topic: "limits" });
      const answers = await Promise.allSettled(
        [4, 5, 6, 7].map((auth_token) =>
          changeSettings(admin, { topic: "limits", version, change: { auth_token } }),
        ),
      );
      const refused = answers.filter((answer) => answer.status === "rejected");
      expect(refused.map(({ reason }) => Object(reason).code)).toEqual(["stale", "stale", "stale"]);
      const saved = answers.find((answer) => answer.status === "fulfilled");
      expect(await getSettings(admin, { topic: "limits" })).toMatchObject({
        version: version + 1,
        value: saved?.value.value ?? {},
      });
    }
  });

  it("lose no change when those who change them do not say what they read", async () => {
    const fields = { auth_token: 4, api_key: 5, smtp_credential: 6 };
    await Promise.all(
      Object.entries(fields).map(([name, value]) =>
        changeSettings(admin, { topic: "limits", change: { [name]: value } }),
      ),
    );
    expect(await getSettings(admin, { topic: "limits" })).toMatchObject({
      version: 4,
      value: fields,
    });
  });

  it("honour if-match", async () => {
    await changeSettings(admin, minimum(13), { ifMatch: etagOf(1) });
    await expect(changeSettings(admin, minimum(14), { ifMatch: etagOf(1) })).rejects.toMatchObject({
      code: "stale",
    });
  });

  it("leave an event that says what was changed from what to what", async () => {
    await changeSettings(admin, minimum(15));
    await changeSettings(admin, {
      topic: "password-policy",
      change: { minimumLength: 16, requiresDigit: false, requiresSpecial: true },
    });
    const { events } = await searchAuditLog(admin, { action: "changeSettings" });
    const [newest] = events;
    if (!newest) throw new Error("There is no event.");
    expect(activityLine(newest, admin.userId)).toMatchObject({
      who: "You",
      what: "Changed the settings “Password policy”",
      why: "Minimum length: 15 characters → 16 characters; Ask for a digit: on → off.",
    });
  });
});

describe("the rules for sessions", () => {
  const rule = (change: Record<string, number>) =>
    changeSettings(admin, { topic: "sessions", change });
  const age = (column: string, minutes: number, userId: string) =>
    runtime().pool.query(
      `update sessions set ${column} = now() - make_interval(mins => $1) where user_id = $2`,
      [minutes, userId],
    );

  async function session() {
    const { name, id } = await makePerson();
    const { token } = await signIn(origin(), { userName: name, password });
    return { id, caller: () => callerFromSession(token, origin()) };
  }

  it("hold for the sessions that there are, at the next request and back again", async () => {
    const { id, caller } = await session();
    await age("last_seen_at", 10, id);
    await rule({ idleMinutes: 9 });
    expect(await caller()).toBeUndefined();
    await rule({ idleMinutes: 11 });
    expect(await caller()).toBeDefined();
  });

  it("end the longest session sooner, at the next request, and the sweep takes what is over", async () => {
    const { id, caller } = await session();
    await age("created_at", 150, id);
    expect(await caller()).toBeDefined();
    await reading(purgeSessions);
    await rule({ absoluteHours: 3 });
    expect(await caller()).toBeDefined();
    await rule({ absoluteHours: 2 });
    expect(await caller()).toBeUndefined();
    await reading(purgeSessions);
    await rule({ absoluteHours: 12 });
    expect(await caller()).toBeUndefined();
  });

  it("never let a session live longer than it was given", async () => {
    await rule({ absoluteHours: 1 });
    const { id, caller } = await session();
    await rule({ absoluteHours: 12 });
    const { rows } = await runtime().pool.query(
      "select round(extract(epoch from expires_at - created_at) / 60) as minutes from sessions where user_id = $1",
      [id],
    );
    expect(rows).toEqual([{ minutes: "60" }]);
    expect(await caller()).toBeDefined();
  });

  it("ask for a proof after their minutes, and say how many", async () => {
    const { id, caller } = await session();
    await age("proved_at", 6, id);
    const issue = async () => {
      const owner = await caller();
      if (!owner) throw new Error("no caller");
      return issueCredential(owner, {
        ownerId: id,
        kind: "auth_token",
        values: { description: "x" },
      });
    };
    await rule({ stepUpMinutes: 5 });
    await expect(issue()).rejects.toMatchObject({
      code: "step_up_required",
      message: expect.stringContaining("older than 5 minutes"),
    });
    await rule({ stepUpMinutes: 7 });
    expect(await issue()).toBeDefined();
  });

  it("are the product's own where what is stored cannot be read", async () => {
    await transaction((tx) => saveSetting(tx, "sessions", { stepUpMinutes: 1_000 }));
    const { caller } = await session();
    expect((await caller())?.proof).toMatchObject({ rules: { stepUpMinutes: 15 } });
  });
});

describe("every topic", () => {
  it("shows each of its values in its form, and no others", () => {
    for (const topic of topicNames) {
      const { schema, fields } = topics[topic];
      const shown = fields.map(({ name }) => name);
      expect(shown.toSorted()).toEqual(Object.keys(schema.shape).toSorted());
    }
  });
});
