import { randomBytes } from "node:crypto";

import { describe, expect, it } from "vitest";

import { isOcid, makeOcid, ocidTypes } from "./ocid";

describe("OCIDs", () => {
  it.each(ocidTypes)(
    "a new %s has the shape of OCI's and is recognised as its own type only",
    (type) => {
      const id = makeOcid(type, "oc1", randomBytes);
      expect(id).toMatch(new RegExp(`^ocid1\\.${type}\\.oc1\\.\\.aaaaaaaa[a-z2-7]{52}$`));
      expect(isOcid(id)).toBe(true);
      expect(ocidTypes.filter((other) => isOcid(id, other))).toEqual([type]);
    },
  );

  it("10,000 new ones are all different and use the whole alphabet", () => {
    const ids = Array.from({ length: 10_000 }, () => makeOcid("user", "latchkey", randomBytes));
    expect(new Set(ids).size).toBe(10_000);
    expect(new Set(ids.map((id) => id.slice(-52)).join("")).size).toBe(32);
  });

  it("the unique part is the given randomness and nothing else", () => {
    const bytes = Uint8Array.from({ length: 52 }, (_, index) => index + 200);
    expect(makeOcid("user", "oc1", () => bytes)).toBe(makeOcid("user", "oc1", () => bytes));
    expect(makeOcid("user", "oc1", () => bytes)).not.toBe(
      makeOcid("user", "oc1", (n) => new Uint8Array(n)),
    );
  });

  it("a realm that would break the syntax is refused", () => {
    for (const realm of ["", "OC1", "oc1.", "1oc", "o c", "a".repeat(33)]) {
      expect(() => makeOcid("user", realm, randomBytes)).toThrow("Not a realm");
    }
  });

  it.each([
    ["empty", ""],
    ["short unique part", `ocid1.user.oc1..${"a".repeat(59)}`],
    ["long unique part", `ocid1.user.oc1..${"a".repeat(61)}`],
    ["digit outside base32", `ocid1.user.oc1..${"a".repeat(59)}1`],
    ["capital", `ocid1.user.oc1..${"a".repeat(59)}A`],
    ["unknown type", `ocid1.bucket.oc1..${"a".repeat(60)}`],
    ["a region", `ocid1.user.oc1.phx.${"a".repeat(60)}`],
    ["other version", `ocid2.user.oc1..${"a".repeat(60)}`],
    ["trailing line end", `ocid1.user.oc1..${"a".repeat(60)}\n`],
    ["leading space", ` ocid1.user.oc1..${"a".repeat(60)}`],
  ])("%s is not one", (_what, text) => {
    expect(isOcid(text)).toBe(false);
  });
});
