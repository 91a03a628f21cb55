import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { saveSetting } from "@/lib/data/settings";
import type { Caller } from "@/lib/domain/caller";
import { AppError } from "@/lib/domain/errors";
import { makeCaller } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { mutation, query } from "./use-case";

let stage: TestRuntime;
let caller: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  caller = await makeCaller();
});
afterAll(() => stage.stop());

const allow = { allowed: true } as const;
const hide = { allowed: false, reason: "hidden" } as const;
const nobody = { owner: null, subject: null };
const rows = async (text: string, values: unknown[]) =>
  (await runtime().pool.query(text, values)).rows;

/** A verb that writes a setting and does, step by step, what the test wants of it. */
function verb(
  options: {
    exists?: boolean;
    allowed?: boolean;
    fails?: unknown;
    secret?: string;
    duringForcedChange?: boolean;
    locks?: boolean;
  } = {},
) {
  const steps: string[] = [];
  const name = `test-${randomUUID()}`;
  const useCase = mutation({
    name,
    input: z.strictObject({ key: z.string() }),
    stepUp: true,
    duringForcedChange: options.duringForcedChange ?? false,
    prepare: async () => void steps.push("prepare"),
    load: async () => {
      steps.push("load");
      return options.exists === false ? undefined : { version: 3 };
    },
    authorize: () => {
      steps.push("authorize");
      return options.allowed === false ? hide : allow;
    },
    ...(options.locks && { lock: async () => void steps.push("lock") }),
    version: (loaded) => loaded.version,
    run: async (tx, { input }) => {
      steps.push("run");
      await saveSetting(tx, input.key, name);
      if (options.fails !== undefined) throw options.fails;
      return {
        key: input.key,
        ...(options.secret === undefined ? {} : { secret: `${options.secret}-${randomUUID()}` }),
      };
    },
    audit: () => {
      steps.push("audit");
      return nobody;
    },
  });
  const effects = async (key: string) =>
    (await rows("select key from settings where key = $1", [key])).length;
  const events = async () =>
    (await rows("select outcome from audit_events where action = $1", [name])).map(
      (row) => row.outcome,
    );
  return { useCase, steps, effects, events };
}

describe("a mutation", () => {
  it("parses, prepares, loads, authorizes, runs and records, in this order", async () => {
    const { useCase, steps, effects, events } = verb();
    await useCase(caller, { key: "order" });
    expect(steps).toEqual(["prepare", "load", "authorize", "run", "audit"]);
    expect([await effects("order"), await events()]).toEqual([1, ["done"]]);
  });

  it("that locks does so once it is allowed, and then loads and authorizes again", async () => {
    const { useCase, steps } = verb({ locks: true });
    await useCase(caller, { key: "locked" });
    const twice = ["load", "authorize", "lock", "load", "authorize"];
    expect(steps).toEqual(["prepare", ...twice, "run", "audit"]);
    const refused = verb({ locks: true, allowed: false });
    await expect(refused.useCase(caller, { key: "x" })).rejects.toMatchObject({
      code: "not_found",
    });
    expect(refused.steps).not.toContain("lock");
  });

  it.each([
    ["a member that nobody declared", { key: "x", owner: "other" }],
    ["another type", { key: 7 }],
    ["nothing", undefined],
    ["a prototype", JSON.parse('{"key":"x","__proto__":{"isAdministrator":true}}')],
  ])("refuses %s before anything else", async (_what, raw) => {
    const { useCase, steps } = verb();
    const answer = await useCase(caller, raw).catch((error: unknown) => error);
    expect(answer).toMatchObject({ code: expect.stringMatching(/^(invalid|missing)_input$/) });
    expect(steps).toEqual([]);
  });

  it("that is refused by policy changes nothing, answers as if nothing were there, and is recorded", async () => {
    const { useCase, effects, events } = verb({ allowed: false });
    const missing = verb({ exists: false });
    const refusal = await useCase(caller, { key: "refused" }).catch(
      (error: AppError) => error.message,
    );
    const absence = await missing
      .useCase(caller, { key: "refused" })
      .catch((error: AppError) => error.message);
    expect(refusal).toBe(absence);
    expect([await effects("refused"), await events(), await missing.events()]).toEqual([
      0,
      ["refused"],
      [],
    ]);
  });

  it("that fails half-way leaves neither effect nor event", async () => {
    const bug = new Error("a bug");
    const { useCase, effects, events } = verb({ fails: bug });
    await expect(useCase(caller, { key: "half" })).rejects.toBe(bug);
    expect([await effects("half"), await events()]).toEqual([0, []]);
  });

  it("is refused for a version that is not the current one", async () => {
    const { useCase, effects } = verb();
    await expect(useCase(caller, { key: "etag" }, { ifMatch: 'W/"v2"' })).rejects.toMatchObject({
      code: "stale",
    });
    expect(await effects("etag")).toBe(0);
    await useCase(caller, { key: "etag" }, { ifMatch: '"v3"' });
    await useCase(caller, { key: "etag" }, { ifMatch: "*" });
  });

  it("waits for a session that must change its password, unless it is that change", async () => {
    if (caller.proof.type !== "session") throw new Error("no session");
    const forced: Caller = { ...caller, proof: { ...caller.proof, mustChangePassword: true } };
    await expect(verb().useCase(forced, { key: "forced" })).rejects.toMatchObject({
      code: "must_change_password",
    });
    await verb({ duringForcedChange: true }).useCase(forced, { key: "forced" });
    const signed: Caller = {
      ...caller,
      proof: { type: "signature", credentialId: "c", fingerprint: "f" },
    };
    await verb().useCase(signed, { key: "forced" });
  });
});

describe("a retry token", () => {
  const retry = (token: string, bodyHash = "b") => ({ retry: { token, bodyHash } });

  it("gives the first answer again, secret included, and does nothing twice", async () => {
    const { useCase, events } = verb({ secret: "s" });
    const first = await useCase(caller, { key: "retry" }, retry("t1"));
    expect(await useCase(caller, { key: "retry" }, retry("t1"))).toEqual(first);
    expect(await events()).toEqual(["done"]);
    const [kept] = await rows("select sealed_reply from retry_tokens where token = 't1'", []);
    expect(kept.sealed_reply).not.toContain("secret");
  });

  it("answers 64 at once with one effect", async () => {
    const { useCase, events } = verb({ secret: "s" });
    const answers = await Promise.all(
      Array.from({ length: 64 }, () =>
        useCase(caller, { key: "many" }, retry("t2")).catch((error: unknown) => error),
      ),
    );
    const given = new Set(
      answers
        .filter((answer) => !(answer instanceof Error))
        .map((answer) => JSON.stringify(answer)),
    );
    expect(given.size).toBe(1);
    expect(await events()).toEqual(["done"]);
  });

  it.each([
    ["another payload", "update settings set version = version where key = ''", "other"],
    [
      "a secret past its hour",
      "update retry_tokens set secret_until = now() where token = 't3'",
      "b",
    ],
  ])("is void for %s", async (_what, change, bodyHash) => {
    const { useCase, events } = verb({ secret: "s" });
    await useCase(caller, { key: "void" }, retry("t3"));
    await rows(change, []);
    await expect(useCase(caller, { key: "void" }, retry("t3", bodyHash))).rejects.toMatchObject({
      code: "retry_token_invalidated",
    });
    expect(await events()).toEqual(["done"]);
  });

  it("belongs to one caller and one verb, and to nobody after a day", async () => {
    const { useCase, events } = verb();
    const other = await makeCaller();
    await useCase(caller, { key: "mine" }, retry("t4"));
    await useCase(other, { key: "mine" }, retry("t4", "another body"));
    await rows(
      "update retry_tokens set created_at = now() - interval '25 hours' where token = 't4'",
      [],
    );
    await useCase(caller, { key: "mine" }, retry("t4", "yet another"));
    expect(await events()).toEqual(["done", "done", "done"]);
  });

  it("is free again when what it stood for failed", async () => {
    const failing = { fails: new AppError("conflict", "not now") as unknown };
    const { useCase, events } = verb(failing);
    await expect(useCase(caller, { key: "again" }, retry("t5"))).rejects.toMatchObject({
      code: "conflict",
    });
    failing.fails = undefined;
    await useCase(caller, { key: "again" }, retry("t5"));
    expect(await events()).toEqual(["done"]);
  });
});

describe("a query", () => {
  it("hides what may not be seen exactly as what is not there", async () => {
    const ask = (loaded: object | undefined, allowed: boolean) =>
      query({
        name: "ask",
        input: z.strictObject({}),
        load: async () => loaded,
        authorize: () => (allowed ? allow : hide),
        run: () => "seen",
      })(caller, {});
    await expect(ask({}, true)).resolves.toBe("seen");
    const hidden = await ask({}, false).catch((error: AppError) => [error.code, error.message]);
    expect(
      await ask(undefined, true).catch((error: AppError) => [error.code, error.message]),
    ).toEqual(hidden);
  });

  it("answers unavailable while the database is away, and works when it is back", async () => {
    const ask = query({
      name: "ask",
      input: z.strictObject({ fail: z.boolean() }),
      load: async (_tx, { fail }) => {
        if (fail) throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
        return {};
      },
      authorize: () => allow,
      run: () => "seen",
    });
    await expect(ask(caller, { fail: true })).rejects.toMatchObject({
      code: "unavailable",
      retryAfterSeconds: 2,
    });
    await expect(ask(caller, { fail: false })).resolves.toBe("seen");
  });
});
