import { expect, test } from "vitest";

import { listSearches } from "./list-searches";

const page = (href: string) => ({ id: href, label: href, group: "Pages", href });

test("what is typed can be looked for in the lists that the viewer may open, and in no other", () => {
  const commands = [page("/profile/details"), page("/identity/users"), page("/identity/audit")];
  expect(listSearches(commands, " a&b ").map(({ label, href }) => [label, href])).toEqual([
    ["Search users for “a&b”", "/identity/users?search=a%26b"],
    ["Search the audit log for “a&b”", "/identity/audit?search=a%26b"],
  ]);
  expect(listSearches([page("/profile/details")], "maria")).toEqual([]);
});

test("as long as nothing is typed, there is nothing to look for", () => {
  expect(listSearches([page("/identity/users")], "  ")).toEqual([]);
});
