import { randomBytes } from "node:crypto";

import { afterAll, beforeAll, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { mintSecret } from "@/lib/domain/secret-format";

import { type Stage, startStage } from "./stage.fixture";

let stage: Stage;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

const post = async (type: string, body: string) => {
  const response = await fetch(`${stage.endpoint}/api/report-leak`, {
    method: "POST",
    headers: { "content-type": type },
    body,
  });
  return { status: response.status, body: await response.text() };
};

const waiting = async () =>
  Number(
    (await runtime().pool.query("select 1 from mails where template = 'leak_report'")).rowCount,
  );

it("takes JSON and plain text, and answers every report alike", async () => {
  const answers = [
    await post("application/json", JSON.stringify({ text: mintSecret("auth_token", randomBytes) })),
    await post("text/plain; charset=utf-8", "nothing of yours"),
  ];
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(answers[0]?.status).toBe(202);
  expect(await waiting()).toBe(2);
});

it.each([
  ["application/json", "{", 400],
  ["application/json", JSON.stringify({ text: "x", also: 1 }), 400],
  ["application/json", "{}", 400],
  ["text/plain", " ", 400],
  ["application/x-www-form-urlencoded", "text=x", 400],
  ["text/plain", "x".repeat(66_000), 413],
])("%s with %j is refused and queues nothing", async (type, body, status) => {
  const before = await waiting();
  expect((await post(type, body)).status).toBe(status);
  expect(await waiting()).toBe(before);
});

it("what was sent is in no answer and no log", async () => {
  const secret = mintSecret("auth_token", randomBytes);
  const refused = await post("application/json", `{"text": "${secret}", "also": "${secret}", }`);
  expect(refused.body).not.toContain(secret);
  expect(stage.logged.join("")).not.toContain(secret);
});

it("answers POST alone", async () => {
  const response = await fetch(`${stage.endpoint}/api/report-leak`);
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("POST");
});
