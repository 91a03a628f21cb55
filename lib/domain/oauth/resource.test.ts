import { expect, it } from "vitest";

import { resourceFields } from "./resource";

const { scopes } = resourceFields;
const messages = (given: string[]) =>
  scopes.safeParse(given).error?.issues.map(({ path, message }) => [path, message]);

it("names each line that is no scope, and why; a long one by its beginning", () => {
  expect(messages(["read", "write all", "", "ok", "é"])).toEqual([
    [
      [1],
      "“write all” is no scope. Leave out spaces, quotes, backslashes and letters beyond ASCII.",
    ],
    [[2], "“” is no scope. Choose or enter a scope."],
    [[4], "“é” is no scope. Leave out spaces, quotes, backslashes and letters beyond ASCII."],
  ]);
  expect(messages(["x".repeat(1_001)])?.[0]?.[1]).toBe(
    `“${"x".repeat(60)}…” is no scope. Use at most 1000 characters.`,
  );
  expect(messages([])).toEqual([[[], "Enter at least one scope."]]);
  expect(scopes.parse(["read", "write", "read"])).toEqual(["read", "write"]);
});
