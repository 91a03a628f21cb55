import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { isMachinePath } from "./app";
import { type Answer, call, sendRaw, type Stage, startStage } from "./stage.fixture";

let stage: Stage;
const metricsToken = "a-token-of-24-characters";
beforeAll(async () => {
  stage = await startStage({ LATCHKEY_METRICS_TOKEN: metricsToken });
});
afterAll(() => stage.stop());

const get = (target: string, headers: Record<string, string> = {}): Promise<Answer> =>
  sendRaw(stage, { method: "GET", target }, { host: "localhost", ...headers });

describe("machine paths", () => {
  it.each([
    "/20160918",
    "/20160918/users",
    "//20160918/x",
    "/healthz?x",
    "/readyz",
    "/metrics",
    "/openapi.json",
  ])("%s is one", (target) => expect(isMachinePath(target)).toBe(true));
  it.each([
    "/",
    "/20160918x",
    "/openapi.jsonx",
    "/openapiyjson",
    "/x/20160918",
    "/profile/metrics",
  ])("%s is none", (target) => expect(isMachinePath(target)).toBe(false));
});

describe("health", () => {
  it("is there, also for HEAD", async () => {
    expect((await get("/healthz")).text).toBe("ok\n");
    const head = await sendRaw(stage, { method: "HEAD", target: "/healthz" }, { host: "x" });
    expect([head.status, head.text]).toEqual([200, ""]);
  });

  it("is ready until the process drains or the tenancy is gone", async () => {
    expect((await get("/readyz")).status).toBe(200);
    expect(stage.runtime.singles.get("readiness-asked")).toBe(true);
    stage.runtime.singles.set("draining", true);
    expect(await get("/readyz")).toMatchObject({ status: 503, text: "draining\n" });
    stage.runtime.singles.delete("draining");
    expect((await get("/readyz")).status).toBe(200);
  });
});

describe("metrics", () => {
  it("need the token and count operations by name", async () => {
    expect((await get("/metrics")).status).toBe(401);
    expect((await get("/metrics", { authorization: "Bearer nearly-that-token" })).status).toBe(401);
    await call(stage, stage.administrator, { method: "GET", target: "/20160918/regions" });
    const { status, text } = await get("/metrics", { authorization: `Bearer ${metricsToken}` });
    expect(status).toBe(200);
    expect(text).toMatch(
      /request_duration_seconds_count\{operation="ListRegions",status="200"\} 1/,
    );
  });
});
