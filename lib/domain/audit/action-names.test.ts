import { expect, it } from "vitest";

import { actionNames } from "./action-names";
import { actionWords, knownActions } from "./words";

it("gives each act one name, in the order that people look for them", () => {
  const words = knownActions.map(actionWords);
  expect(new Set(words).size).toBe(words.length);
  expect(words).toEqual(words.toSorted((one, other) => one.localeCompare(other, "en")));
  expect(actionWords("issueCredential")).toBe("Create credential");
});

it("names no act that there is not", () => {
  expect(Object.keys(actionNames).filter((name) => !knownActions.includes(name))).toEqual([]);
});
