import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { isAppError } from "@/lib/domain/errors";
import { userName, userNameKey } from "@/lib/domain/users/user-name";
import { createUser } from "@/lib/services/users/create-user";
import { makeCaller, makePerson, origin } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { signIn } from "./sign-in";

/** security.md G10: names that look alike, or are one name to somebody else's software. */
let stage: TestRuntime;
let admin: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  admin = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());

/** What other scripts and styles offer for a letter: Cyrillic, Greek, full width, mathematical, with marks, small. */
const lookalikes: Readonly<Record<string, readonly string[]>> = {
  a: ["а", "α", "ａ", "𝐚", "á", "a\u0301", "ª"],
  c: ["с", "ϲ", "ｃ", "𝐜", "ç"],
  e: ["е", "ε", "ｅ", "𝐞", "é", "e\u0301", "℮"],
  i: ["і", "ι", "ｉ", "𝐢", "í", "ı", "İ"],
  k: ["к", "κ", "ｋ", "𝐤", "\u212a"],
  o: ["о", "ο", "ｏ", "𝐨", "ö", "o\u0308", "º"],
  p: ["р", "ρ", "ｐ", "𝐩"],
  s: ["ѕ", "ｓ", "𝐬", "ſ", "ß"],
  x: ["х", "χ", "ｘ", "𝐱", "×"],
  y: ["у", "γ", "ｙ", "𝐲"],
};
const invisible = ["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u0000", "\u180e"];
const around = ["", " ", "\t", "\n", "\u00a0", "\u3000", "\u2003"];

const letters = Object.keys(lookalikes).join("");
const plainName = fc.stringMatching(new RegExp(`^[${letters}][${letters}0-9._+@-]{2,11}$`));

/** A name, and one that somebody could take for it. */
const pairs = plainName.chain((name) =>
  fc
    .record({
      place: fc.nat(name.length - 1),
      pick: fc.nat(10),
      how: fc.constantFrom("alike", "case", "invisible", "around", "all upper", "decomposed"),
      before: fc.constantFrom(...around),
      after: fc.constantFrom(...around),
    })
    .map(({ place, pick, how, before, after }) => {
      const at = name.charAt(place);
      const alike = lookalikes[at]?.[pick % lookalikes[at].length] ?? at.toUpperCase();
      const put = (text: string) => name.slice(0, place) + text + name.slice(place + 1);
      const variants = {
        alike: put(alike),
        case: put(at.toUpperCase()),
        invisible: put(at + (invisible[pick % invisible.length] ?? "")),
        around: before + name + after,
        "all upper": name.toUpperCase(),
        decomposed: put(alike).normalize("NFD"),
      };
      return { name, variant: variants[how] };
    }),
);

describe("unicode/identity", () => {
  it("of 5,000 pairs that look alike, both are one person or one is no name", () => {
    let same = 0;
    fc.assert(
      fc.property(pairs, ({ name, variant }) => {
        const taken = userName.safeParse(variant);
        if (!taken.success) return;
        same += 1;
        expect(userNameKey(taken.data)).toBe(userNameKey(name));
        expect(userNameKey(variant)).toBe(userNameKey(name));
      }),
      { numRuns: 5_000 },
    );
    expect(same).toBeGreaterThan(500);
  });

  it("nobody can be created beside somebody whose name looks the same", async () => {
    const made = new Map<string, string>();
    const sample = fc.sample(pairs, 150);
    for (const { name, variant } of sample) {
      for (const wanted of [name, variant]) {
        try {
          const user = await createUser(admin, { name: wanted });
          const key = user.name.normalize("NFKC").toLowerCase();
          expect([made.get(key), user.name]).toEqual([undefined, user.name]);
          made.set(key, user.name);
        } catch (error) {
          if (!isAppError(error)) throw error;
          expect(["already_exists", "invalid_input"]).toContain(error.code);
        }
      }
    }
    expect(made.size).toBeGreaterThan(100);
  });

  it("ten failures under any spelling of a name are ten failures of one person", async () => {
    for (let round = 0; round < 5; round += 1) {
      const name = `oskar-kiosk-${round}`;
      const person = await makePerson({ name });
      const spellings = [
        name,
        name.toUpperCase(),
        ` ${name}`,
        `${name}\u00a0`,
        name.replaceAll("k", "\u212a"),
        name.replace("o", "O"),
        `\t${name.toUpperCase()}\n`,
        name.normalize("NFD"),
        name.replace("kiosk", "KIOSK"),
        name,
      ];
      for (const [failure, userNameTyped] of spellings.entries()) {
        const { rows } = await runtime().pool.query(
          "select blocked_at is not null as blocked from users where id = $1",
          [person.id],
        );
        expect([failure, rows[0].blocked]).toEqual([failure, false]);
        await expect(
          signIn(origin({ address: `192.0.2.${round + 1}` }), {
            userName: userNameTyped,
            password: "wrong-Password-1",
          }),
        ).rejects.toMatchObject({ code: "sign_in_refused" });
      }
      const { rows } = await runtime().pool.query(
        "select blocked_at is not null as blocked from users where id = $1",
        [person.id],
      );
      expect(rows).toEqual([{ blocked: true }]);
    }
  });
});
