import { describe, expect, it } from "vitest";

import { defaultPasswordPolicy } from "../../password/policy";
import { databasePasswordCriteria, databasePasswordProblems } from "./rules";

const owner = { name: "maria.lopez", dbUserName: null };
const unmet = (
  password: string,
  changes = {},
  names: { name: string; dbUserName: string | null } = owner,
) =>
  databasePasswordCriteria({ ...defaultPasswordPolicy, ...changes }, password, names)
    .filter(({ met }) => !met)
    .map(({ id }) => id);

describe("a database password", () => {
  it.each([
    ["Ebbe-und-Flut-26", []],
    ["Ebbe-Flut-2", ["length"]],
    ["ebbe-und-flut-26", ["uppercase"]],
    ["EBBE-UND-FLUT-26", ["lowercase"]],
    ["Ebbe-und-Flut-xx", ["digit"]],
    ["Ebbe7und8Flut926", ["special"]],
    ['Ebbe-"und"-Flut-26', ["doubleQuote"]],
    ["Ebbe-MARIA.Lopez-26", ["userName"]],
    ["Ebbe-und-Flut-26\n", ["characters"]],
  ])("%j breaks %j", (password, broken) => {
    expect(unmet(password)).toEqual(broken);
  });

  it("has fewer than 128 bytes, whatever its characters", () => {
    expect(unmet(`Aa1-${"x".repeat(123)}`)).toEqual([]);
    expect(unmet(`Aa1-${"x".repeat(124)}`)).toEqual(["bytes"]);
    expect(unmet(`Aa1-${"ß".repeat(62)}`)).toEqual(["bytes"]);
    // Composed as it is stored: two bytes and not three.
    expect(unmet(`Aa1-${"e\u0301".repeat(61)}`)).toEqual([]);
  });

  it("contains neither of its owner's names, even where the console's rule is off", () => {
    const both = { name: "maria.lopez", dbUserName: "mlopez" };
    expect(unmet("Ebbe-mLOPEZ-26", {}, both)).toEqual(["userName"]);
    expect(unmet("Ebbe-maria.lopez-26", { allowsUserName: true }, both)).toEqual(["userName"]);
    expect(databasePasswordProblems(defaultPasswordPolicy, "Ebbe-mlopez-26", both)).toEqual([
      "Leave the user name or the database user name out of the password.",
    ]);
  });

  it("follows the tenancy's rules", () => {
    expect(unmet("Ebbe-und-Flut-26", { minimumLength: 20 })).toEqual(["length"]);
    expect(unmet("ebbeundflut!", { requiresUppercase: false, requiresDigit: false })).toEqual([]);
  });

  it("meets nothing before a character was typed", () => {
    expect(
      databasePasswordCriteria(defaultPasswordPolicy, "", owner).map(({ met }) => met),
    ).toEqual(Array.from({ length: 8 }, () => false));
  });
});
