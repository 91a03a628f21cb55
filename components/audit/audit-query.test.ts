import { expect, test } from "vitest";

import { auditHref, exportHref, filterOf, readAuditQuery } from "./audit-query";

const everything = readAuditQuery({});

test("an address says what the log was asked for, and nothing that goes without saying", () => {
  const asked = {
    search: "ann & bob",
    action: "signIn",
    outcome: "refused",
    from: "2026-11-01T09:30Z",
    until: "2026-11-30T23:59Z",
    before: 77,
  } as const;
  const url = new URL(auditHref(asked), "http://host");
  expect(readAuditQuery(Object.fromEntries(url.searchParams))).toEqual(asked);
  expect(auditHref(everything)).toBe("/identity/audit");
});

test.each([
  ["unknown words", { action: "dance", outcome: "maybe", before: "-1" }],
  ["days that do not exist", { from: "2026-02-30", until: "yesterday" }],
  ["times that do not exist", { from: "2026-02-03T24:30Z", until: "2026-02-03T10:61" }],
  ["other forms of an instant", { from: "2026-02-03T10:00+02:00", until: "2026-02-03 10:00" }],
  ["a parameter given twice", { search: ["a", "b"], from: ["2026-01-01"] }],
])("%s count as not said", (_case, given) => {
  expect(readAuditQuery(given)).toEqual(everything);
});

test("both minutes are part of what is found, and a day is all of it", () => {
  const filter = (from: string, until: string) => filterOf(readAuditQuery({ from, until }));
  expect(filter("2026-12-31T10:05Z", "2026-12-31T23:59Z")).toEqual({
    from: "2026-12-31T10:05:00.000Z",
    until: "2027-01-01T00:00:00.000Z",
  });
  expect(filter("2026-12-31", "2026-12-31")).toEqual({
    from: "2026-12-31T00:00:00.000Z",
    until: "2027-01-01T00:00:00.000Z",
  });
});

test("a time without a zone is in UTC: a form without JavaScript sends it so", () => {
  expect(readAuditQuery({ from: "2026-12-31T10:05" }).from).toBe("2026-12-31T10:05Z");
});

test("an export has the whole list, whichever page is shown", () => {
  expect(exportHref({ ...everything, search: "ann", before: 5 }, "csv")).toBe(
    "/api/console/audit/export?search=ann&format=csv",
  );
});
