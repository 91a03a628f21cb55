import { randomBytes } from "node:crypto";

import { dictionary } from "@zxcvbn-ts/language-common";
import { describe, expect, it } from "vitest";

import { makeOneTimePassword } from "@/lib/domain/password/one-time";
import { defaultPasswordPolicy } from "@/lib/domain/password/policy";
import { cpuMilliseconds } from "@/lib/testing/cpu-time";

import { isBlockedPassword } from "./password-blocklist";

const words = ["maria.lopez", "m.lopez-zubiaur", "Contoso Ltd"];

describe("the blocklist", () => {
  it("has more than 10,000 passwords that the shortest policy would let through, and refuses every one", () => {
    const list = dictionary["passwords-common"].filter((password) => password.length >= 8);
    expect(list.length).toBeGreaterThan(10_000);
    expect(list.filter((password) => !isBlockedPassword(password, []))).toEqual([]);
    expect(list.filter((password) => !isBlockedPassword(password.toUpperCase(), []))).toEqual([]);
  });

  it.each([
    "Password1234!",
    "P@ssw0rd1234",
    "P@$$w0rd!!!!",
    "Qwertyuiop1!",
    "!!Superman99",
    "Dragon123456!",
    "PasswordPassword",
    "aaaaaaaaaaaaaaaa",
    "Ab1$Ab1$Ab1$",
    "abcdefghijklmnop",
    "9876543210",
    "zyxwvutsrqpo",
    "Latchkey2026!",
    "L@tchk3y-123",
    "Oracle-Cloud1",
    "Welcome-2026!",
  ])("%s is refused for everybody", (password) => {
    expect(isBlockedPassword(password, [])).toBe(true);
  });

  it.each(["Lopez-Maria1!", "MariaLopez99#", "Zub1@ur-2026!", "contoso-L0pez", "Contoso#2026"])(
    "%s is refused for Maria of Contoso and nobody else",
    (password) => {
      expect(isBlockedPassword(password, words)).toBe(true);
      expect(isBlockedPassword(password, ["somebody"])).toBe(false);
    },
  );

  it.each([
    "Pas$$1234word",
    "tram-Kettle-9-orbit",
    "Latchkey-tram-Kettle-9",
    "maria likes 7 green kettles",
    "xK9#vQ2!mZ7p",
    "ẞtraße-Ünder-42",
  ])("%s is good enough", (password) => {
    expect(isBlockedPassword(password, words)).toBe(false);
  });

  it("never refuses a one-time password", () => {
    for (let count = 0; count < 2_000; count += 1) {
      const password = makeOneTimePassword(defaultPasswordPolicy, "maria.lopez", randomBytes);
      expect(isBlockedPassword(password, words)).toBe(false);
    }
  });

  it("answers for the longest password at once", () => {
    for (const longest of [`${"ab".repeat(511)}c`, `${"!".repeat(1021)}a!`])
      expect(cpuMilliseconds(() => void isBlockedPassword(longest, words))).toBeLessThan(100);
  });
});
