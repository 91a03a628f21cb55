import { describe, expect, it, vi } from "vitest";

import { together } from "./together";

const answering = () =>
  vi.fn((keys: readonly string[]) => Promise.resolve(keys.map((key) => key.toUpperCase())));

describe("looking up together", () => {
  it("asks once for all who ask within one turn, each key once", async () => {
    const find = answering();
    const lookUp = together(find);
    const answers = await Promise.all(["a", "b", "a"].map(lookUp));
    expect(find.mock.calls).toEqual([[["a", "b"]]]);
    expect(answers).toEqual([
      ["A", "B"],
      ["A", "B"],
      ["A", "B"],
    ]);
  });

  it("takes who asks before it begins, and nobody who asks after that", async () => {
    const order: string[] = [];
    const lookUp = together((keys) => {
      order.push(`began ${keys.join()}`);
      // Asked while the look-up is under way: what it finds may be older than the question.
      if (keys.includes("a")) later = lookUp("c").then(() => order.push("answered c"));
      return Promise.resolve(keys);
    });
    let later: Promise<unknown> | undefined;
    const first = lookUp("a");
    await Promise.resolve();
    const second = lookUp("b");
    await Promise.all([first, second]);
    await later;
    expect(order).toEqual(["began a,b", "began c", "answered c"]);
  });

  it("fails for those who asked together, and begins anew", async () => {
    const find = answering();
    find.mockRejectedValueOnce(new Error("away"));
    const lookUp = together(find);
    const both = await Promise.allSettled([lookUp("a"), lookUp("b")]);
    expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    await expect(lookUp("a")).resolves.toEqual(["A"]);
  });
});
