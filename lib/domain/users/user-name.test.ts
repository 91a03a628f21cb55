import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { definedTags, freeformTags } from "../tags";
import { description } from "../text";
import {
  allCapabilities,
  applyCapabilities,
  capabilityChanges,
  storedCapabilities,
} from "./capabilities";
import { emailAddress, emailKey } from "./email";
import { databaseUserName, userName, userNameKey } from "./user-name";

describe("user names", () => {
  it.each(["a", "maria.lopez@example.com", "A-Z_0.9+x@", "x".repeat(100)])("%s is one", (name) => {
    expect(userName.parse(name)).toBe(name);
    expect(userName.parse(` ${name}\t`)).toBe(name);
  });

  it.each([
    ["empty", ""],
    ["blank", "   "],
    ["too long", "x".repeat(101)],
    ["inner space", "maria lopez"],
    ["Cyrillic a", "mаria"],
    ["umlaut", "müller"],
    ["full-width letter", "ｍaria"],
    ["zero-width space", "mar\u200bia"],
    ["right-to-left override", "maria\u202e"],
    ["NUL", "maria\u0000"],
    ["inner line end", "maria\nx"],
    ["colon", "maria:x"],
    ["slash", "tenancy/maria"],
    ["huge", "x".repeat(10_000_000)],
  ])("%s is refused", (_what, name) => {
    expect(userName.safeParse(name).success).toBe(false);
  });

  it("one person whatever the case, the blanks around and the way of composing", () => {
    const forms = ["Maria.Lopez", " maria.lopez", "MARIA.LOPEZ\n", "mAria.lopez"];
    expect(new Set(forms.map(userNameKey))).toEqual(new Set(["maria.lopez"]));
    expect(userNameKey("\u212a")).toBe("k");
  });

  it("the canonical form of a canonical form is itself, for any text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (text) => userNameKey(userNameKey(text)) === userNameKey(text),
      ),
      { numRuns: 2_000 },
    );
  });

  it("two valid names have one key exactly if they differ in case only", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9._+@-]{1,8}$/);
    fc.assert(
      fc.property(name, name, (one, other) => {
        const isSame = one.toUpperCase() === other.toUpperCase();
        return (
          (userNameKey(one) === userNameKey(other)) === isSame &&
          userNameKey(one) === userNameKey(one.toUpperCase())
        );
      }),
    );
  });

  it("a database user name may have 127 characters and no more", () => {
    expect(databaseUserName.parse("x".repeat(127))).toHaveLength(127);
    expect(databaseUserName.safeParse("x".repeat(128)).success).toBe(false);
    expect(databaseUserName.safeParse("").success).toBe(false);
  });
});

describe("e-mail addresses", () => {
  it.each([
    "maria@example.com",
    "o'brien+tag@mail.example.co.uk",
    "a@localhost",
    "x_y-z/1=2@xn--mnchen-3ya.example",
    `${"l".repeat(64)}@${"d".repeat(63)}.example`,
  ])("%s is one", (address) => {
    expect(emailAddress.parse(address)).toBe(address);
  });

  it("is stored as judged and looked up whatever the case", () => {
    expect(emailAddress.parse(" Maria＠Example.com ")).toBe("Maria@Example.com");
    expect(emailKey(" Maria＠Example.com ")).toBe("maria@example.com");
  });

  it.each([
    "",
    "maria",
    "@example.com",
    "maria@",
    "a@b@c",
    "maria@example.com,eve@evil.example",
    "maria@example.com，eve@evil.example",
    "maria@example.com\r\nBcc: eve@evil.example",
    "maria\n@example.com",
    "maria\u0000@example.com",
    "maria@exam\u0000ple.com",
    "<maria@example.com>",
    "Maria <maria@example.com>",
    "＜maria@example.com＞",
    '"maria lopez"@example.com',
    '"a@b"@example.com',
    "maria lopez@example.com",
    "maria(comment)@example.com",
    "maria@[127.0.0.1]",
    "maria@example..com",
    "maria@.example.com",
    "maria@example.com.",
    "maria@-example.com",
    ".maria@example.com",
    "maria.@example.com",
    "ma..ria@example.com",
    "maria;eve@example.com",
    "mariä@example.com",
    `${"l".repeat(65)}@example.com`,
    `maria@${"d".repeat(64)}.example`,
    `maria@${"d.".repeat(124)}example`,
    `maria@${"d".repeat(10_000_000)}`,
  ])("%s is refused", (address) => {
    expect(emailAddress.safeParse(address).success).toBe(false);
  });
});

describe("descriptions", () => {
  it("take 400 characters of any script, line breaks too, and may be empty", () => {
    for (const text of ["", "Two\nlines\tand a tab", "😀".repeat(400), "e\u0301".repeat(400)]) {
      expect(description.parse(text)).toBe(text.normalize("NFC"));
    }
  });

  it.each([
    "x".repeat(401),
    "😀".repeat(401),
    "a\u0000b",
    "a\u001bb",
    "a\u0085b",
    "half \ud83d",
    7,
    null,
  ])("%j is refused", (text) => {
    expect(description.safeParse(text).success).toBe(false);
  });
});

describe("tags", () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, "v"]));

  it("are bounded in number, key and value", () => {
    expect(freeformTags.parse(many(10))).toEqual(many(10));
    for (const tags of [
      many(11),
      { "a b": "" },
      { "": "" },
      { k: "x".repeat(257) },
      { k: 1 },
      { ["k".repeat(101)]: "" },
    ]) {
      expect(freeformTags.safeParse(tags).success).toBe(false);
    }
    const defined = { Operations: { CostCenter: "42", Level: 3, Live: true } };
    expect(definedTags.parse(defined)).toEqual(defined);
    for (const tags of [{ n: many(65) }, { n: "x" }, { n: { k: { deep: 1 } } }, { "n n": {} }]) {
      expect(definedTags.safeParse(tags).success).toBe(false);
    }
  });

  it("cannot reach an object's prototype", () => {
    const parsed = freeformTags.safeParse(JSON.parse('{"__proto__": "x", "constructor": "y"}'));
    expect(parsed.success && Object.getPrototypeOf(parsed.data) !== Object.prototype).toBe(false);
    expect(
      freeformTags.safeParse(JSON.parse('{"__proto__": {"polluted": "x"}}')).data,
    ).not.toHaveProperty("polluted");
  });
});

describe("capabilities", () => {
  it("are on where nothing is stored", () => {
    expect(storedCapabilities.parse({})).toEqual(allCapabilities);
    expect(Object.values(allCapabilities)).toEqual(Array.from({ length: 7 }, () => true));
    expect(storedCapabilities.parse({ canUseApiKeys: false })).toEqual({
      ...allCapabilities,
      canUseApiKeys: false,
    });
  });

  it("change one by one, in either spelling of the database switch", () => {
    for (const spelling of ["canUseDbCredentials", "canUseDBCredentials"]) {
      const changes = capabilityChanges.parse({ [spelling]: false, unknown: 1 });
      expect(changes).toEqual({ canUseDbCredentials: false });
      expect(applyCapabilities(allCapabilities, changes)).toEqual({
        ...allCapabilities,
        canUseDbCredentials: false,
      });
    }
    expect(
      capabilityChanges.parse({ canUseDbCredentials: true, canUseDBCredentials: true }),
    ).toEqual({
      canUseDbCredentials: true,
    });
    expect(capabilityChanges.parse({})).toEqual({});
  });

  it.each([
    { canUseDbCredentials: true, canUseDBCredentials: false },
    { canUseApiKeys: "false" },
    { canUseApiKeys: null },
  ])("%j is refused", (changes) => {
    expect(capabilityChanges.safeParse(changes).success).toBe(false);
  });
});
