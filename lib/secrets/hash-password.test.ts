import type * as Argon2 from "@node-rs/argon2";
import { hash, verify } from "@node-rs/argon2";
import { beforeEach, describe, expect, it, vi } from "vitest";

import { isAppError } from "@/lib/domain/errors";

import { makeGate } from "./gate";
import { choosePasswordCost, hashPassword, needsRehash, verifyPassword } from "./hash-password";

const verifierOf = (parameters: string) =>
  `$argon2id$v=19$${parameters}$${"A".repeat(22)}$${"A".repeat(43)}`;

// The real thing, watched: how long a check takes is told by what it is asked to compute, not by a clock.
vi.mock("@node-rs/argon2", async (importOriginal) => {
  const real = await importOriginal<typeof Argon2>();
  return { ...real, verify: vi.fn(real.verify) };
});
beforeEach(() => void vi.mocked(verify).mockClear());

/** The costs of all checks since the test began. */
const checked = () =>
  vi.mocked(verify).mock.calls.map(([verifier]) => String(verifier).split("$", 4).join("$"));

const usualCost = "$argon2id$v=19$m=19456,t=2,p=1";
beforeEach(() => choosePasswordCost("least"));

describe("password verifiers", () => {
  it("are Argon2id, 19 MiB, two passes, 16 bytes of salt, in PHC format, never the same", async () => {
    const verifiers = await Promise.all([
      hashPassword("Pas$$1234word"),
      hashPassword("Pas$$1234word"),
    ]);
    for (const verifier of verifiers) {
      expect(verifier).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
      expect(needsRehash(verifier)).toBe(false);
    }
    expect(verifiers[0]).not.toBe(verifiers[1]);
  });

  it("accept their own password and nothing near it", async () => {
    const verifier = await hashPassword("Pas$$1234 wörd");
    expect(await verifyPassword(verifier, "Pas$$1234 wörd")).toBe(true);
    expect(await verifyPassword(verifier, "Pas$$1234 wo\u0308rd")).toBe(true);
    for (const wrong of ["", "Pas$$1234 wörd ", "pas$$1234 wörd", "Pas$$1234 wör"]) {
      expect(await verifyPassword(verifier, wrong)).toBe(false);
    }
  });

  it("tell passwords apart up to the last of 1024 bytes and refuse the 1025th", async () => {
    const longest = "x".repeat(1024);
    const verifier = await hashPassword(longest);
    expect(await verifyPassword(verifier, longest)).toBe(true);
    expect(await verifyPassword(verifier, `${longest.slice(1)}y`)).toBe(false);
    expect(await verifyPassword(verifier, `${longest}x`)).toBe(false);
    await expect(hashPassword(`${longest}x`)).rejects.toMatchObject({ code: "invalid_input" });
    await expect(hashPassword("€".repeat(342))).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("no verifier: no password is right, not even the empty one, and the work is the same", async () => {
    const verifier = await hashPassword("Pas$$1234word");
    for (const guess of ["", "Pas$$1234word", "dummy"])
      expect(await verifyPassword(undefined, guess)).toBe(false);
    expect(await verifyPassword(verifier, "wrong")).toBe(false);
    expect(await verifyPassword(verifier, "x".repeat(100_000))).toBe(false);
    expect(checked()).toEqual(Array(5).fill(usualCost));
  });

  it("cost what RFC 9106 recommends unless the least is chosen, which goes on taking those made before", async () => {
    choosePasswordCost("recommended");
    const dear = await hashPassword("Pas$$1234word");
    expect(dear).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect(needsRehash(dear)).toBe(false);
    expect(await verifyPassword(undefined, "Pas$$1234word")).toBe(false);
    expect(checked()).toEqual(["$argon2id$v=19$m=65536,t=3,p=1"]);
    choosePasswordCost("least");
    expect(await verifyPassword(dear, "Pas$$1234word")).toBe(true);
    expect(needsRehash(dear)).toBe(true);
  });

  it("of another cost still work and ask to be made anew", async () => {
    const cheaper = await hash("Pas$$1234word", { memoryCost: 8192, timeCost: 1, parallelism: 1 });
    expect(await verifyPassword(cheaper, "Pas$$1234word")).toBe(true);
    expect(needsRehash(cheaper)).toBe(true);
    expect(needsRehash("not a verifier")).toBe(true);
  });

  it.each([
    verifierOf("m=4194304,t=2,p=1"),
    verifierOf("m=19456,t=1000000,p=1"),
    verifierOf("m=19456,t=2,p=255"),
    verifierOf("m=19456,t=2,p=1").replace("argon2id", "argon2d"),
    "$2b$10$abcdefghijklmnopqrstuuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ01",
    "plain",
    "",
  ])("%s costs what every other costs and accepts nothing", async (verifier) => {
    expect(await verifyPassword(verifier, "plain")).toBe(false);
    expect(checked()).toEqual([usualCost]);
  });
});

describe("many at once", () => {
  it("so many run, so many wait, the rest is refused with a time to come back, and all places come free", async () => {
    const gate = makeGate({ atOnce: 2, mostWaiting: 3 });
    let running = 0;
    let most = 0;
    const order: number[] = [];
    const asked = Promise.allSettled(
      Array.from({ length: 8 }, (_, index) =>
        gate(async () => {
          running += 1;
          most = Math.max(most, running);
          order.push(index);
          await new Promise((resolve) => setTimeout(resolve, 5));
          running -= 1;
          if (index === 1) throw new Error("a task that fails");
        }),
      ),
    );
    expect(gate.load()).toEqual({ running: 2, waiting: 3 });
    const results = await asked;
    expect(most).toBe(2);
    expect(order).toEqual([0, 1, 2, 3, 4]);
    const refused = results
      .slice(5)
      .map((result) => (result.status === "rejected" ? result.reason : undefined));
    for (const reason of refused) {
      expect(isAppError(reason)).toBe(true);
      expect(reason).toMatchObject({ code: "unavailable", retryAfterSeconds: 2 });
    }
    expect(gate.load()).toEqual({ running: 0, waiting: 0 });
    expect(await gate(async () => "free again")).toBe("free again");
  });

  it("a flood of passwords beyond the queue is refused, the others are answered right", async () => {
    const verifier = await hashPassword("Pas$$1234word");
    const results = await Promise.allSettled(
      Array.from({ length: 120 }, () => verifyPassword(verifier, "Pas$$1234word")),
    );
    const answered = results.filter((result) => result.status === "fulfilled");
    expect(answered.length).toBeGreaterThanOrEqual(65);
    expect(answered.length).toBeLessThan(120);
    expect(answered.every((result) => result.value)).toBe(true);
  }, 30_000);
});
