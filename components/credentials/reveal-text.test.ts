import { describe, expect, test } from "vitest";

import { fileDate, fileNameOf } from "./file-name";
import { revealFileText, shadedGroups } from "./reveal-text";

describe("the downloaded text", () => {
  test("is the secret alone, so that a tool can read the file", () => {
    expect(revealFileText("token", "lkat_abc", [])).toBe("lkat_abc\n");
  });

  test("is labelled where more belongs to it", () => {
    const extras = [{ label: "User name", value: "ann" }];
    expect(revealFileText("one-time password", "x1", extras)).toBe(
      "User name: ann\nOne-time password: x1\n",
    );
  });
});

describe("groups by shade", () => {
  test("keep every character, shade in turn and leave the prefix alone", () => {
    const groups = shadedGroups("lkat_7f3Kabcdefgh");
    expect(groups.map((group) => group.text)).toEqual(["lkat_", "7f3Ka", "bcdef", "gh"]);
    expect(groups.map((group) => group.isShaded)).toEqual([false, true, false, true]);
  });

  test("begin at once without a prefix", () => {
    expect(shadedGroups("abcdefg").map((group) => group.text)).toEqual(["abcde", "fg"]);
  });

  test("begin anew with each line of a list", () => {
    expect(shadedGroups("e5ec-g3gs-ncwy\nhf3g-iymq-v7dp")).toEqual([
      { text: "e5ec-", isShaded: false },
      { text: "g3gs-", isShaded: true },
      { text: "ncwy\n", isShaded: false },
      { text: "hf3g-", isShaded: false },
      { text: "iymq-", isShaded: true },
      { text: "v7dp", isShaded: false },
    ]);
  });
});

describe("file names", () => {
  test.each([
    [["latchkey", "ann@example.com", "2026-01-02"], "latchkey-ann-example.com-2026-01-02"],
    [["token", "../../etc/passwd"], "token-etc-passwd"],
    [["token", "“ü”"], "token"],
    [["a", 'x"; rm -rf ~'], "a-x-rm--rf"],
  ])("of %j are harmless", (parts, expected) => {
    expect(fileNameOf(...parts)).toBe(expected);
  });

  test("carry the reader's own date", () => {
    expect(fileDate(new Date(2026, 4, 3, 23, 59))).toBe("2026-05-03");
  });
});
