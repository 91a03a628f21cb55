import { describe, expect, it } from "vitest";

import {
  emptyRow,
  type ReportedCredential,
  type ReportedOwner,
  reportRow,
} from "./credential-report";

const now = new Date("2026-11-25T12:00:00Z");
const days = (count: number) => new Date(now.getTime() + count * 24 * 3_600_000);
const owner: ReportedOwner = {
  id: "u",
  name: "ann",
  kind: "local",
  state: "active",
  blockedAt: null,
  hasSecondFactor: false,
};
const fresh: ReportedCredential = {
  kind: "auth_token",
  id: "c",
  publicId: "c",
  createdAt: days(-1),
  createdByName: "ann",
  secretReplacedAt: null,
  expiresAt: null,
  disabledAt: null,
  retiringUntil: null,
  lastUsedAt: days(-0.5),
  lastUsedAddress: "192.0.2.7",
  lastUsedClient: "curl",
};
const row = (change: Partial<ReportedCredential>, whose: Partial<ReportedOwner> = {}) =>
  reportRow({ ...owner, ...whose }, { ...fresh, ...change }, "laptop", now);

describe("what the report says against a credential", () => {
  it.each<[string, Partial<ReportedCredential>, string[]]>([
    ["one that is as it should be", {}, []],
    ["one of exactly 90 days", { createdAt: days(-90) }, []],
    ["one that is older", { createdAt: days(-90.01) }, ["old"]],
    ["one whose secret is younger", { createdAt: days(-200), secretReplacedAt: days(-90) }, []],
    [
      "one whose new secret is as old",
      { createdAt: days(-200), secretReplacedAt: days(-90.01) },
      ["old"],
    ],
    ["one that nobody used", { lastUsedAt: null }, ["never-used"]],
    ["one that expires in 30 days", { expiresAt: days(30) }, ["expiring"]],
    ["one that expires later", { expiresAt: days(30.01) }, []],
    ["one that has expired", { expiresAt: now }, ["expired"]],
    [
      "one that has expired, whatever else",
      { createdAt: days(-400), lastUsedAt: null, expiresAt: now },
      ["expired"],
    ],
    ["one that was replaced and expires soon", { retiringUntil: days(1), expiresAt: days(2) }, []],
    ["one whose overlap is over", { retiringUntil: now, expiresAt: days(2) }, ["expired"]],
    [
      "all at once",
      { createdAt: days(-400), lastUsedAt: null, expiresAt: days(1) },
      ["expiring", "never-used", "old"],
    ],
  ])("%s: %j", (_what, change, verdicts) => {
    expect(row(change).verdicts).toEqual(verdicts);
  });

  it("names a blocked owner, and says suspended before blocked", () => {
    expect(row({}, { blockedAt: now })).toMatchObject({
      userState: "blocked",
      verdicts: ["blocked"],
    });
    expect(row({}, { blockedAt: now, state: "suspended" }).userState).toBe("suspended");
  });

  it("says of whoever signs in with a password whether that is all it takes", () => {
    const factorOf = (whose: Partial<ReportedOwner>) => row({}, whose).userSecondFactor;
    expect([{}, { hasSecondFactor: true }, { kind: "service" }].map(factorOf)).toEqual([
      false,
      true,
      null,
    ]);
  });

  it("has a row for whoever holds nothing, with all columns of the others", () => {
    const empty = emptyRow({ ...owner, blockedAt: now });
    expect(empty).toMatchObject({ user: "ann", userState: "blocked", kind: null, ageDays: null });
    expect(empty.verdicts).toEqual(["blocked"]);
    expect(emptyRow(owner).verdicts).toEqual([]);
    expect(Object.keys(empty).toSorted()).toEqual(Object.keys(row({})).toSorted());
  });

  it("counts whole days of age", () => {
    expect(row({ createdAt: days(-1.99) }).ageDays).toBe(1);
  });
});
