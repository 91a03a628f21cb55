import { describe, expect, it } from "vitest";

import {
  checkPassword,
  containsUserName,
  normalisePassword,
  passwordCriteria,
  specialCharacters,
} from "./criteria";
import { defaultPasswordPolicy, passwordPolicy } from "./policy";

const userName = "maria.lopez";
const check = (password: string, changes: Partial<typeof defaultPasswordPolicy> = {}) =>
  checkPassword({ ...defaultPasswordPolicy, ...changes }, { password, userName });
const unmet = (password: string, changes: Partial<typeof defaultPasswordPolicy> = {}) =>
  passwordCriteria({ ...defaultPasswordPolicy, ...changes }, { password, userName })
    .filter((criterion) => !criterion.met)
    .map((criterion) => criterion.id);

describe("the default policy", () => {
  it("is OCI's: twelve characters, four classes, no user name", () => {
    expect(defaultPasswordPolicy).toEqual({
      minimumLength: 12,
      requiresUppercase: true,
      requiresLowercase: true,
      requiresDigit: true,
      requiresSpecial: true,
      allowsUserName: false,
      historyLength: 5,
    });
  });

  it.each([
    ["Pas$$1234word", []],
    ["Pas$$1234wor", []],
    ["Pas$$1234wo", ["length"]],
    ["pas$$1234word", ["uppercase"]],
    ["PAS$$1234WORD", ["lowercase"]],
    ["Pas$$Worddddd", ["digit"]],
    ["Passs1234word", ["special"]],
    ["Maria.Lopez1$", ["userName"]],
    ["xMARIA.LOPEZ1$a", ["userName"]],
    ["Four words with 1 dash-", []],
    ['Pas"1234"word', ["special"]],
    ["ÄÖÜÄÖÜ1234$$a", ["uppercase"]],
    ["", ["length", "uppercase", "lowercase", "digit", "special", "userName"]],
    ["Pas$$1234\nword", ["characters"]],
    ["Pas$$1234\u0000word", ["characters"]],
    ["Pas$$1234\ud800word", ["characters"]],
    [`Pas$$1234${"😀".repeat(254)}`, ["maximum"]],
  ])("%j lacks %j", (password, expected) => {
    expect(unmet(password)).toEqual(expected);
    expect(check(password)).toHaveLength(expected.length);
  });

  it("counts characters, not UTF-16 units, and takes exactly 1024 bytes", () => {
    expect(unmet("Aa1$😀😀😀😀😀😀😀")).toEqual(["length"]);
    expect(unmet("Aa1$😀😀😀😀😀😀😀😀")).toEqual([]);
    expect(unmet(`Aa1$${"x".repeat(1020)}`)).toEqual([]);
    expect(unmet(`Aa1$${"x".repeat(1021)}`)).toEqual(["maximum"]);
  });

  it.each([...specialCharacters])("%s alone is special enough", (special) => {
    expect(unmet(`Abcdefgh1234${special}`)).toEqual([]);
  });

  it("has OCI's 31 special characters, no double quote and no space among them", () => {
    expect(new Set(specialCharacters).size).toBe(31);
    expect(specialCharacters).not.toMatch(/["\sA-Za-z0-9]/);
  });
});

describe("a changed policy", () => {
  it.each([
    [{ requiresUppercase: false }, "pas$$1234word"],
    [{ requiresLowercase: false }, "PAS$$1234WORD"],
    [{ requiresDigit: false }, "Pas$$Worddddd"],
    [{ requiresSpecial: false }, "Passs1234word"],
    [{ allowsUserName: true }, "Maria.Lopez1$"],
    [{ minimumLength: 8 }, "Pas$$123"],
  ])(
    "%j accepts %s, which the default refuses, and shows one criterion less or another one",
    (changes, password) => {
      expect(check(password)).toHaveLength(1);
      expect(check(password, changes)).toEqual([]);
    },
  );

  it("names its own length", () => {
    expect(check("Pas$$1234word", { minimumLength: 40 })).toEqual(["Use at least 40 characters."]);
  });

  it.each([
    [{ minimumLength: 7 }, false],
    [{ minimumLength: 8 }, true],
    [{ minimumLength: 100 }, true],
    [{ minimumLength: 101 }, false],
    [{ minimumLength: 12.5 }, false],
    [{ historyLength: 24 }, true],
    [{ historyLength: 25 }, false],
    [{ historyLength: -1 }, false],
    [{ requiresDigit: "yes" }, false],
  ])("settings %j: accepted %j", (settings, accepted) => {
    expect(passwordPolicy.safeParse(settings).success).toBe(accepted);
  });
});

describe("the user name in the password", () => {
  it.each([
    ["ann", "Announcement1$", false],
    ["anne", "Announcement1$", false],
    ["anne", "xxANNExx", true],
    ["a.very-long_name@example.com", "1$A.Very-Long_Name@Example.Com", true],
  ])("%s in %s: %j", (name, password, contained) => {
    expect(containsUserName(password, name)).toBe(contained);
  });
});

it("the same password typed on two keyboards is the same", () => {
  expect(normalisePassword("Cafe\u0301")).toBe(normalisePassword("Caf\u00e9"));
  expect(normalisePassword("ﬁ")).toBe("ﬁ");
});
