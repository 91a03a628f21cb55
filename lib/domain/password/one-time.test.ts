import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import { checkPassword } from "./criteria";
import { makeOneTimePassword } from "./one-time";
import { defaultPasswordPolicy } from "./policy";

const make = (changes: Partial<typeof defaultPasswordPolicy> = {}, userName = "maria") =>
  makeOneTimePassword({ ...defaultPasswordPolicy, ...changes }, userName, randomBytes);

it("has 20 characters in groups, no look-alikes, and is never the same", () => {
  const passwords = Array.from({ length: 5_000 }, () => make());
  expect(new Set(passwords).size).toBe(5_000);
  for (const password of passwords) expect(password).toMatch(/^\w{4}-\w{4}-\w{4}-\w{5}$/);
  expect(passwords.join("")).not.toMatch(/[0Oo1Iil2Zz5Ss8B_]/);
});

it("every one satisfies the strictest policy of each length", () => {
  for (let minimumLength = 8; minimumLength <= 100; minimumLength += 1) {
    const policy = { ...defaultPasswordPolicy, minimumLength };
    const password = makeOneTimePassword(policy, "maria", randomBytes);
    expect(checkPassword(policy, { password, userName: "maria" })).toEqual([]);
    expect(password).toHaveLength(Math.max(20, minimumLength));
  }
});

it("has all four classes even where the policy does not ask for them", () => {
  const lax = {
    requiresUppercase: false,
    requiresLowercase: false,
    requiresDigit: false,
    requiresSpecial: false,
  };
  for (let count = 0; count < 500; count += 1) {
    const password = make(lax);
    for (const kind of [/[A-Z]/, /[a-z]/, /[0-9]/, /-/]) expect(password).toMatch(kind);
  }
});

it("never contains the user name, even if the first draw does", () => {
  const first = make();
  const name = first.slice(-4);
  let draws = 0;
  const letters = "ACDEFGHJKLMNPQRTUVWXYabcdefghjkmnpqrtuvwxy34679";
  const repeatFirst = (count: number) => {
    draws += 1;
    if (draws > 1) return randomBytes(count);
    return Uint8Array.from(first.replaceAll("-", ""), (character) => letters.indexOf(character));
  };
  expect(makeOneTimePassword(defaultPasswordPolicy, "someone", repeatFirst)).toBe(first);
  draws = 0;
  expect(makeOneTimePassword(defaultPasswordPolicy, name, repeatFirst)).not.toContain(name);
});

it("a source of randomness that is stuck is an error and not an endless loop", () => {
  expect(() =>
    makeOneTimePassword(defaultPasswordPolicy, "maria", (n) => new Uint8Array(n)),
  ).toThrow("random");
});
