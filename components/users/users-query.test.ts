import { expect, test } from "vitest";

import { listInput, readUsersQuery, usersExportHref, usersHref } from "./users-query";

const everybody = {
  search: "",
  state: "all",
  kind: "all",
  holds: "any",
  factor: "any",
  sort: "name",
  page: undefined,
} as const;

test("an address says what the list was asked for, and nothing that goes without saying", () => {
  const asked = {
    search: "ann & bob",
    state: "suspended",
    kind: "service",
    holds: "old",
    factor: "none",
    sort: "-created",
    page: "abc",
  } as const;
  const url = new URL(usersHref(asked), "http://host");
  expect(readUsersQuery(Object.fromEntries(url.searchParams))).toEqual(asked);
  expect(usersHref(everybody)).toBe("/identity/users");
});

test.each([
  ["unknown words", { state: "angry", sort: "height" }],
  ["a parameter given twice", { search: ["a", "b"], page: ["1", "2"] }],
  ["blank ones", { search: "  ", state: "", sort: "", page: "" }],
])("%s count as not said", (_case, given) => {
  expect(readUsersQuery(given)).toEqual(everybody);
});

test("a search is cut at the length that the use case takes", () => {
  expect(readUsersQuery({ search: "x".repeat(300) }).search).toHaveLength(200);
});

test("the use case is asked for what the address says", () => {
  const asked = {
    ...everybody,
    state: "blocked",
    kind: "local",
    holds: "old",
    factor: "none",
  } as const;
  expect(listInput({ ...asked, sort: "-created" })).toEqual({
    limit: 50,
    sortBy: "TIMECREATED",
    sortOrder: "DESC",
    standing: "blocked",
    kind: "local",
    holdsOld: true,
    lacksSecondFactor: true,
  });
  expect(listInput(everybody)).toEqual({ limit: 50, sortBy: "NAME", sortOrder: "ASC" });
});

test("an export has the whole list, whichever page is shown", () => {
  expect(usersExportHref({ ...everybody, search: "ann", page: "abc" }, "csv")).toBe(
    "/api/console/users/export?search=ann&format=csv",
  );
});
