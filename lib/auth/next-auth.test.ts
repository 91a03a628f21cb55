import { afterAll, beforeAll, expect, it } from "vitest";

import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { nextAuthOptions } from "./next-auth";

let stage: TestRuntime;
beforeAll(async () => {
  stage = await startTestRuntime();
});
afterAll(() => stage.stop());

it("next-auth's sign-in never throws: it would put the error's text into an address", async () => {
  const [provider] = nextAuthOptions().providers;
  if (provider?.type !== "credentials") throw new Error("no credentials provider");
  // Outside of a request there are no headers, which is as unexpected a failure as any.
  const given = provider.options["authorize"]({ userName: "admin", password: "x" }, {});
  await expect(given).resolves.toBeNull();
});

it("what anybody posts to next-auth's own log address is not written to ours", () => {
  const { logger } = nextAuthOptions();
  logger?.error?.("CLIENT_FETCH_ERROR", new Error("x"));
  logger?.error?.(`forged ${"line ".repeat(1_000)}`, new Error("x"));
  expect(stage.logged.join("")).toContain("CLIENT_FETCH_ERROR");
  expect(stage.logged.join("")).not.toContain("forged");
});
