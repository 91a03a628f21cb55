import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { activityLine } from "@/lib/domain/audit/words";
import { listActivity } from "@/lib/services/activity/list-activity";
import { issueCredential } from "@/lib/services/credentials/issue-credential";
import { changeSettings } from "@/lib/services/settings/change-settings";
import { addUserToGroup } from "@/lib/services/groups/add-user-to-group";
import { createGroup } from "@/lib/services/groups/create-group";
import { createPolicy } from "@/lib/services/policies/create-policy";
import { makeCaller, makePerson, signedIn } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { decideLimitRequest } from "./decide-limit-request";
import { getUsage } from "./get-usage";
import { countLimitRequests, listLimitRequests } from "./list-limit-requests";
import { listUserLimits } from "./list-user-limits";
import { requestLimit } from "./request-limit";
import { setUserLimits } from "./set-user-limits";

const kind = "auth_token";
let stage: TestRuntime;
let admin: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  admin = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());
beforeEach(async () => {
  await runtime().pool.query("delete from settings where key = 'limits'");
  await runtime().pool.query("delete from limit_requests");
});

const issue = (owner: Caller) =>
  issueCredential(owner, { ownerId: owner.userId, kind, values: { description: "limits" } });
const issueMany = (owner: Caller, count: number) =>
  Promise.allSettled(Array.from({ length: count }, () => issue(owner)));
const usage = async (owner: Caller) => (await getUsage(owner, { ownerId: owner.userId }))[kind];
const own = (owner: Caller, most: number | null, by = admin) =>
  setUserLimits(by, { userId: owner.userId, limits: { [kind]: most }, reason: "a test" });
const forAll = (most: number) =>
  changeSettings(admin, { topic: "limits", change: { [kind]: most } });

async function full(email: string | null = null): Promise<Caller> {
  const owner = await makeCaller({ email });
  await issueMany(owner, 2);
  return owner;
}

describe("limits", () => {
  it("are the tenancy's, or a user's own where there is one, and the tenancy's again without it", async () => {
    const owner = await makeCaller();
    expect(await usage(owner)).toMatchObject({ used: 0, limit: 2, own: null, tenancy: 2 });
    await forAll(3);
    expect(await usage(owner)).toMatchObject({ limit: 3, own: null, tenancy: 3 });
    await own(owner, 5);
    expect(await usage(owner)).toMatchObject({ limit: 5, own: 5, tenancy: 3 });
    await forAll(7);
    expect(await usage(owner)).toMatchObject({ limit: 5, own: 5, tenancy: 7 });
    await own(owner, null);
    expect(await usage(owner)).toMatchObject({ limit: 7, own: null });
  });

  it.each([
    ["of the tenancy", 4, null],
    ["of one's own", 2, 5],
  ])("%s hold when many ask at once, and fill", async (_whose, tenancy, theirs) => {
    await forAll(tenancy);
    const owner = await makeCaller();
    if (theirs !== null) await own(owner, theirs);
    const answers = await issueMany(owner, 12);
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(theirs ?? tenancy);
    expect(await usage(owner)).toMatchObject({ used: theirs ?? tenancy });
  });

  it("hold while they are changed under load: nobody gets more than the highest there ever was", async () => {
    const owner = await makeCaller();
    await own(owner, 4);
    await Promise.all([issueMany(owner, 10), own(owner, 3), own(owner, 4), own(owner, 3)]);
    const { used = 0, limit } = (await usage(owner)) ?? {};
    expect(used).toBeLessThanOrEqual(4);
    expect(used).toBeGreaterThanOrEqual(limit ?? 0);
  });

  it("that are lowered below what is there delete nothing; there is no new one until enough have gone", async () => {
    const owner = await full();
    await own(owner, 1);
    expect(await usage(owner)).toMatchObject({ used: 2, limit: 1 });
    await expect(issue(owner)).rejects.toMatchObject({
      code: "limit_reached",
      message: expect.stringMatching(/^You already have 2 auth tokens, and 1 is allowed\./),
    });
  });

  it("say to the owner how to ask for more, and to an administrator how to give it", async () => {
    const owner = await full();
    await expect(issue(owner)).rejects.toThrow(
      "request a higher limit in the console, under “Auth tokens” of your profile",
    );
    await expect(
      issueCredential(admin, {
        ownerId: owner.userId,
        kind,
        values: { description: "x" },
        reason: "a test",
      }),
    ).rejects.toThrow("“Edit limits”");
  });

  it("of one's own are listed by name, whoever has any, for who reads the settings", async () => {
    await runtime().pool.query("delete from user_limits");
    const owners = await Promise.all(
      ["own-c", "Own-b", "own-a"].map((name) => makeCaller({ name })),
    );
    for (const [n, owner] of owners.entries()) await own(owner, 5 + n);
    await setUserLimits(admin, {
      userId: owners[0]?.userId,
      limits: { api_key: 7 },
      reason: "a test",
    });
    const first = await listUserLimits(admin, { limit: 2 });
    const second = await listUserLimits(admin, { limit: 2, page: first.nextPage ?? "" });
    expect(
      [...first.items, ...second.items].map(({ userName, own: theirs }) => [userName, theirs]),
    ).toEqual([
      ["own-a", { auth_token: 7 }],
      ["Own-b", { auth_token: 6 }],
      ["own-c", { auth_token: 5, api_key: 7 }],
    ]);
    expect(second.nextPage).toBeNull();
    const stranger = await makeCaller();
    await expect(listUserLimits(stranger, {})).rejects.toMatchObject({ code: "not_found" });
  });

  it("are for administrators to change, within bounds, with a reason, and the owner reads of it", async () => {
    const owner = await makeCaller({ email: "limits.told@example.com" });
    const stranger = await makeCaller();
    for (const caller of [owner, stranger])
      await expect(own(owner, 9, caller)).rejects.toMatchObject({ code: "not_found" });
    for (const most of [0, 51, 1.5])
      await expect(own(owner, most)).rejects.toMatchObject({
        code: "invalid_input",
        fields: { [`limits.${kind}`]: "Enter a whole number from 1 to 50." },
      });
    await own(owner, 9);
    const { events } = await listActivity(owner, { userId: owner.userId });
    const [newest] = events;
    if (!newest) throw new Error("There is no event.");
    expect(activityLine(newest, owner.userId)).toMatchObject({
      what: "Changed the limits of the user",
      why: expect.stringContaining("Auth tokens: 2 → 9."),
    });
    await expect(
      setUserLimits(admin, { userId: owner.userId, limits: { [kind]: 4 } }),
    ).rejects.toMatchObject({ code: "reason_required" });
    expect(await usage(owner)).toMatchObject({ limit: 9 });
    const { rows } = await runtime().pool.query(
      "select values from mails where user_id = $1 and template = 'done_on_behalf'",
      [owner.userId],
    );
    expect(rows).toMatchObject([
      { values: { reason: "a test", what: "Changed the limits of the user" } },
    ]);
  });
});

describe("a request for a higher limit", () => {
  const only = async () => (await listLimitRequests(admin, {})).items;

  it("is for whoever is at the limit; asking again changes the note and nothing else", async () => {
    const owner = await makeCaller();
    await issue(owner);
    await expect(requestLimit(owner, { kind })).rejects.toMatchObject({
      code: "conflict",
      message: "You have 1 of 2: there is room for another.",
    });
    await issue(owner);
    const many = await Promise.all(Array.from({ length: 6 }, () => requestLimit(owner, { kind })));
    expect(many.filter(({ isNew }) => isNew)).toHaveLength(1);
    await requestLimit(owner, { kind, note: " two clusters " });
    expect(await only()).toMatchObject([
      { userId: owner.userId, userName: owner.name, kind, note: "two clusters", used: 2, limit: 2 },
    ]);
    expect(await usage(owner)).toMatchObject({ isAsked: true });
    expect(await countLimitRequests(admin, {})).toBe(1);
  });

  it("is seen and decided by administrators alone", async () => {
    const owner = await full();
    await requestLimit(owner, { kind });
    const [request] = await only();
    const hidden = { code: "not_found" };
    await expect(listLimitRequests(owner, {})).rejects.toMatchObject(hidden);
    await expect(countLimitRequests(owner, {})).rejects.toMatchObject(hidden);
    for (const decision of [{ decision: "decline" }, { decision: "grant", limit: 3 }])
      await expect(
        decideLimitRequest(owner, { requestId: request?.id, ...decision }),
      ).rejects.toMatchObject(hidden);
    await expect(
      decideLimitRequest(admin, { requestId: "ocid1.limitrequest.local..a", decision: "decline" }),
    ).rejects.toMatchObject(hidden);
  });

  it("is refused where nobody may have more, and then says so in place of how to ask", async () => {
    const owner = await makeCaller();
    await own(owner, 50);
    await runtime().pool.query(
      `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details)
       select $1 || n, $2, $1, $1 || n, 'owner', '{"description": "one of many"}' from generate_series(1, 50) n`,
      [owner.userId, kind],
    );
    const sentence = "Nobody may have more than 50 auth tokens: delete one to make another.";
    await expect(requestLimit(owner, { kind })).rejects.toMatchObject({
      code: "conflict",
      message: sentence,
    });
    await expect(issue(owner)).rejects.toMatchObject({
      code: "limit_reached",
      message: `You already have 50 auth tokens, and 50 are allowed. ${sentence}`,
    });
  });

  it("is listed with what each of them has and may have, in as many statements for many as for one", async () => {
    const [one, other] = [await full(), await full()];
    await own(other, 5);
    await issue(other);
    await own(other, 3);
    const statements = async () => {
      const spy = vi.spyOn(runtime().pool, "query");
      const { items: requests } = await listLimitRequests(admin, {});
      const count = spy.mock.calls.length;
      spy.mockRestore();
      return { requests, count };
    };
    await requestLimit(one, { kind });
    const alone = await statements();
    await requestLimit(other, { kind });
    const both = await statements();
    expect(both.requests).toMatchObject([
      { userId: one.userId, used: 2, limit: 2 },
      { userId: other.userId, used: 3, limit: 3 },
    ]);
    expect(both.count).toBe(alone.count);
    expect(alone.count).toBeGreaterThan(0);
  });

  it("is listed page by page, whoever waits longest first, and says whom the reader may not manage", async () => {
    const desk = await makePerson();
    const group = await createGroup(admin, { name: `desk-${desk.name}`, description: "" });
    await addUserToGroup(admin, { userId: desk.id, groupId: group.id });
    const statements = [`Allow group ${group.name} to manage users in tenancy`];
    await createPolicy(admin, { name: group.name, description: "", statements });
    const helper = await signedIn(desk);
    const chief = await makeCaller({ isAdministrator: true });
    await issueMany(chief, 2);
    const waiting = [chief, await full(), await full()];
    for (const owner of waiting) await requestLimit(owner, { kind });
    const first = await listLimitRequests(helper, { limit: 2 });
    const second = await listLimitRequests(helper, { limit: 2, page: first.nextPage ?? "" });
    expect(second.nextPage).toBeNull();
    const seen = [...first.items, ...second.items];
    expect(seen.map(({ userId }) => userId)).toEqual(waiting.map(({ userId }) => userId));
    expect(seen.map(({ mayDecide }) => mayDecide)).toEqual([false, true, true]);
    const answers = seen.map(({ id }) =>
      decideLimitRequest(helper, { requestId: id, decision: "decline" }),
    );
    expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual([
      "rejected",
      "fulfilled",
      "fulfilled",
    ]);
    expect((await listLimitRequests(admin, {})).items).toMatchObject([{ mayDecide: true }]);
  });

  it("is granted with more than there was, by mail and in the owner's activity; then there is room", async () => {
    const owner = await full("limits.granted@example.com");
    await requestLimit(owner, { kind });
    const [request] = await only();
    const grant = (limit: number) =>
      decideLimitRequest(admin, {
        requestId: request?.id,
        decision: "grant",
        limit,
        answer: "Mind the old ones",
      });
    await expect(grant(2)).rejects.toMatchObject({
      fields: { limit: "Enter a number above 2, the limit that this user has." },
    });
    expect(await only()).toHaveLength(1);
    await grant(3);
    expect(await only()).toEqual([]);
    await issue(owner);
    await expect(issue(owner)).rejects.toMatchObject({ code: "limit_reached" });
    const { rows } = await runtime().pool.query(
      "select recipient, values from mails where user_id = $1 and template = 'limit_decided'",
      [owner.userId],
    );
    expect(rows).toMatchObject([
      {
        recipient: "limits.granted@example.com",
        values: { isGranted: true, limit: 3, kind: "auth tokens", answer: "Mind the old ones" },
      },
    ]);
    const { events } = await listActivity(owner, { userId: owner.userId });
    const lines = events.map((event) => activityLine(event, owner.userId).what);
    expect(lines).toContain("Granted a higher limit of auth tokens");
    expect(lines).toContain("Asked for a higher limit of auth tokens");
  });

  it("is declined by mail, changes nothing, and may be asked again", async () => {
    const owner = await full("limits.declined@example.com");
    await requestLimit(owner, { kind });
    const [request] = await only();
    await decideLimitRequest(admin, { requestId: request?.id, decision: "decline" });
    expect(await usage(owner)).toMatchObject({ limit: 2, isAsked: false });
    expect((await requestLimit(owner, { kind })).isNew).toBe(true);
  });

  it("is decided once, by one of several administrators at once", async () => {
    const owner = await full();
    await requestLimit(owner, { kind });
    const [request] = await only();
    const answers = await Promise.allSettled(
      [3, 4, 5, undefined].map((limit) =>
        decideLimitRequest(admin, {
          requestId: request?.id,
          ...(limit === undefined ? { decision: "decline" } : { decision: "grant", limit }),
        }),
      ),
    );
    expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const refused = answers.filter((answer) => answer.status === "rejected");
    expect(refused.map(({ reason }) => Object(reason).code)).toEqual([
      "conflict",
      "conflict",
      "conflict",
    ]);
  });
});
