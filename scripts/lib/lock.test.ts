import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";

import { withLock } from "./lock.mjs";

function lockPath(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return join(folder, "dist", ".lock");
}

it("lets one in at a time, also after a failure", async () => {
  const path = lockPath();
  let inside = 0;
  let most = 0;
  const enter = () =>
    withLock(
      path,
      () => undefined,
      async () => {
        inside += 1;
        most = Math.max(most, inside);
        await sleep(10);
        inside -= 1;
        throw new Error("build failed");
      },
    );
  const outcomes = await Promise.allSettled([enter(), enter(), enter()]);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(most).toBe(1);
});

it.each(["999999999 1", `${process.pid} 1`])(
  "takes over the lock of a dead process (%s)",
  async (owner) => {
    const path = lockPath();
    await withLock(
      path,
      () => undefined,
      () => Promise.resolve(),
    );
    writeFileSync(path, owner);
    let waited = false;
    expect(
      await withLock(
        path,
        () => (waited = true),
        () => Promise.resolve("in"),
      ),
    ).toBe("in");
    expect(waited).toBe(false);
  },
);
