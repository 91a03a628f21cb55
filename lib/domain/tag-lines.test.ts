import { describe, expect, it } from "vitest";

import { type TagLine, tagLines, tagProblems, tagsOf } from "./tag-lines";

const freeform = { team: "blue", note: "" };
const defined = { Operations: { CostCenter: 42, isCritical: true }, HR: { grade: "E7" } };

describe("tags as lines", () => {
  it("come back as they were, numbers and switches included", () => {
    const lines = tagLines(freeform, defined);
    expect(lines).toContainEqual({ namespace: "Operations", key: "CostCenter", value: 42 });
    const typed = lines.map((line): TagLine => ({ ...line, value: String(line.value) }));
    expect(tagsOf(typed, lines)).toEqual({ freeformTags: freeform, definedTags: defined });
  });

  it("are texts where they were changed or are new", () => {
    const before = tagLines({}, defined);
    const lines = [
      { namespace: "Operations", key: "CostCenter", value: "43" },
      { namespace: "", key: "team", value: "red" },
    ];
    expect(tagsOf(lines, before)).toEqual({
      freeformTags: { team: "red" },
      definedTags: { Operations: { CostCenter: "43" } },
    });
  });

  it("keep a key like __proto__ to themselves", () => {
    const { definedTags } = tagsOf([{ namespace: "n", key: "k", value: "v" }], []);
    expect(Object.getPrototypeOf(definedTags)).toBe(Object.prototype);
  });

  it.each([
    [
      "no key",
      [{ namespace: "n", key: "", value: "x" }],
      { line: 0, field: "key", sentence: /missing/ },
    ],
    [
      "a space",
      [{ namespace: "", key: "a b", value: "x" }],
      { line: 0, field: "key", sentence: /ASCII/ },
    ],
    [
      "a namespace with one",
      [{ namespace: "a b", key: "k", value: "" }],
      { line: 0, field: "namespace", sentence: /ASCII/ },
    ],
    [
      "the same twice",
      [
        { namespace: "n", key: "k", value: "1" },
        { namespace: "", key: "k", value: "1" },
        { namespace: "n", key: "k", value: "2" },
      ],
      { line: 2, field: "key", sentence: /twice/ },
    ],
  ])("with %s are told of at their line", (_what, lines, { line, field, sentence }) => {
    expect(tagProblems(lines)).toEqual([
      { line, field, sentence: expect.stringMatching(sentence) },
    ]);
  });
});
