import { describe, expect, it } from "vitest";

import { type ChainedEvent, chainedText, chainStart, checkpointText } from "./chain";

const event: ChainedEvent = {
  id: 7,
  at: new Date("2026-11-25T00:00:00.123Z"),
  action: "signIn",
  outcome: "done",
  reason: null,
  actorId: "a",
  actorName: "ann",
  via: "session",
  ownerId: "a",
  ownerName: "ann",
  subjectType: null,
  subjectId: null,
  subjectName: null,
  details: { b: 1, a: { d: [{ f: 1, e: 2 }], c: "x" } },
  address: "192.0.2.7",
  client: "curl/8",
  requestId: "r",
};
const text = (change: Partial<ChainedEvent> = {}) =>
  chainedText(chainStart, { ...event, ...change });

describe("the text that an event's hash covers", () => {
  it("does not depend on the order of keys in its details", () => {
    expect(text({ details: { a: { c: "x", d: [{ e: 2, f: 1 }] }, b: 1 } })).toBe(text());
  });

  it.each(Object.keys(event) as (keyof ChainedEvent)[])("changes with %s", (part) => {
    const other = part === "at" ? new Date(0) : part === "details" ? { a: 1 } : "another";
    expect(text({ [part]: other })).not.toBe(text());
  });

  it("does not let a part flow into its neighbour", () => {
    expect(text({ actorId: 'a","ann', actorName: "x" })).not.toBe(
      text({ actorId: "a", actorName: 'ann","x' }),
    );
    expect(text({ reason: null })).not.toBe(text({ reason: "null" }));
  });

  it("names its place and everything before it", () => {
    expect(chainedText({ position: 1, hash: "" }, event)).not.toBe(text());
    expect(chainedText({ position: 0, hash: "h" }, event)).not.toBe(text());
  });
});

it("keeps a purge's checkpoint apart from a head's", () => {
  const head = { position: 9, hash: "h" };
  expect(checkpointText(head, "head")).not.toBe(checkpointText(head, "purge"));
});
