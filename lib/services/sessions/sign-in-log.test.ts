import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { talliesOf } from "@/lib/config/tallies";
import { insertAuditEvent } from "@/lib/data/audit";
import { transaction, type Tx } from "@/lib/data/db";
import { signInRefusal } from "@/lib/domain/password/lockout";
import { makePerson, origin, password } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { eventWithoutCaller } from "../audit/record";
import { signIn } from "./sign-in";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
});
afterAll(() => stage.stop());

const attempt = (userName: string, secret: string, from = "192.0.2.7") =>
  signIn(origin({ address: from }), { userName, password: secret });
const refused = { code: "sign_in_refused", message: signInRefusal };

const securityLines = (userId: string) =>
  stage.logged
    .map((line): Record<string, unknown> => JSON.parse(line))
    .filter((line) => line["msg"] === "security event" && line["userId"] === userId)
    .map(({ event, action, level, address }) => ({ event, action, level, address }));

describe("what collectors of logs read", () => {
  it("failures, the block and a sign-in have the names that their rules know", async () => {
    const person = await makePerson();
    await attempt(person.name, password);
    for (let failure = 1; failure <= 11; failure += 1)
      await expect(attempt(person.name, "wrong", "192.0.2.8")).rejects.toMatchObject(refused);
    const fail = {
      event: "authn_login_fail",
      action: "signIn",
      level: 40,
      address: "192.0.2.8",
    };
    expect(securityLines(person.id)).toEqual([
      { event: "authn_login_success", action: "signIn", level: 30, address: "192.0.2.7" },
      ...Array.from({ length: 10 }, () => fail),
      { event: "authn_login_lock", action: "blockUser", level: 40, address: "192.0.2.8" },
      { ...fail, event: "authn_login_fail_max" },
    ]);
    expect(talliesOf("securityEvents").get("authn_login_lock blockUser")?.count).toBe(1);
  });

  it("what is rolled back is not told", async () => {
    const person = await makePerson();
    const event = { action: "signIn", outcome: "done", via: "password" } as const;
    const note = { owner: person, subject: null };
    const write = (tx: Tx) =>
      insertAuditEvent(tx, eventWithoutCaller(origin(), { ...event, ...note }));
    const failing = transaction(async (tx) => {
      await write(tx);
      throw new Error("later");
    });
    await expect(failing).rejects.toThrow("later");
    expect(securityLines(person.id)).toEqual([]);
    await transaction(async (tx) => {
      await write(tx);
      expect(securityLines(person.id)).toEqual([]);
    });
    expect(securityLines(person.id)).toHaveLength(1);
  });
});
