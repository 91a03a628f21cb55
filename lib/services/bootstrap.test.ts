import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

import { parseEnv } from "@/lib/config/env";
import { runtime } from "@/lib/config/runtime";
import { transaction } from "@/lib/data/db";
import { origin } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { bootstrap, type FirstPassword, showFirstPassword } from "./bootstrap";
import { signIn } from "./sessions/sign-in";
import { recoverAdministrator } from "./users/recover-administrator";

let stage: TestRuntime;
beforeEach(async () => {
  stage = await startTestRuntime();
});
afterEach(() => stage.stop());

const silent = pino({ level: "silent" });
const start = (settings: Record<string, string> = {}) =>
  transaction((tx) => bootstrap(tx, parseEnv({ NODE_ENV: "test", ...settings }), silent));

async function shown(password: FirstPassword | null): Promise<string[]> {
  const lines: string[] = [];
  if (password)
    await transaction((tx) => showFirstPassword(tx, password, (secret) => lines.push(secret)));
  return lines;
}

const attempt = (password: string) => signIn(origin(), { userName: "admin", password });

describe("the first password", () => {
  it("that was committed but never shown is made anew, and the former opens nothing", async () => {
    const second = await start();
    expect(second.firstPassword).not.toBeNull();
    await expect(attempt(stage.firstPassword)).rejects.toMatchObject({ code: "sign_in_refused" });
    const [secret = ""] = await shown(second.firstPassword);
    expect(await attempt(secret)).toMatchObject({ mustChangePassword: true });
  });

  it("of two processes that start at once is shown by the one whose password holds", async () => {
    const starts = await Promise.all([start(), start(), start()]);
    const lines = (
      await Promise.all(starts.map(({ firstPassword }) => shown(firstPassword)))
    ).flat();
    expect(lines).toHaveLength(1);
    expect(await attempt(lines[0] ?? "")).toMatchObject({ mustChangePassword: true });
  });

  it("is shown once: no later start makes another", async () => {
    const second = await start();
    expect(await shown(second.firstPassword)).toHaveLength(1);
    expect((await start()).firstPassword).toBeNull();
    expect(await shown(second.firstPassword)).toEqual([]);
  });

  it("is not made anew over the one that the host recovered with", async () => {
    const { oneTimePassword } = await recoverAdministrator("admin");
    expect((await start()).firstPassword).toBeNull();
    expect(await attempt(oneTimePassword)).toMatchObject({ mustChangePassword: true });
  });

  it("is not made anew once the administrator has signed in", async () => {
    await attempt(stage.firstPassword);
    expect((await start()).firstPassword).toBeNull();
  });
});

describe("LATCHKEY_ADMIN_PASSWORD", () => {
  const withoutTenancy = async () => {
    for (const table of [
      "memberships",
      "groups",
      "users",
      "settings",
      "policies",
      "oauth_resources",
      "tenancies",
    ]) {
      await runtime().pool.query(`delete from ${table}`);
    }
  };

  it("is used and never shown, and must be changed at the first sign-in", async () => {
    await withoutTenancy();
    const { firstPassword } = await start({ LATCHKEY_ADMIN_PASSWORD: "Slow-Copper-Kettle-5" });
    expect(firstPassword).toBeNull();
    expect(await attempt("Slow-Copper-Kettle-5")).toMatchObject({ mustChangePassword: true });
  });

  it("that the policy refuses stops the start with a sentence and leaves nothing behind", async () => {
    await withoutTenancy();
    await expect(start({ LATCHKEY_ADMIN_PASSWORD: "short" })).rejects.toThrow(
      /LATCHKEY_ADMIN_PASSWORD.*Use at least 12 characters/,
    );
    const { rows } = await runtime().pool.query("select id from tenancies");
    expect(rows).toEqual([]);
  });

  it("is ignored after the first start", async () => {
    const { firstPassword } = await start({ LATCHKEY_ADMIN_PASSWORD: "Slow-Copper-Kettle-5" });
    await shown(firstPassword);
    await expect(attempt("Slow-Copper-Kettle-5")).rejects.toMatchObject({
      code: "sign_in_refused",
    });
  });
});
