import { expect, test } from "vitest";

import { auditHref, exportHref, filterOf, readAuditQuery } from "./audit-query";

const everything = readAuditQuery({});

test("an address says what the log was asked for, and nothing that goes without saying", () => {
  const asked = {
    search: "ann & bob",
    action: "signIn",
    outcome: "refused",
    from: "2026-11-01",
    until: "2026-11-30",
    before: 77,
  } as const;
  const url = new URL(auditHref(asked), "http://host");
  expect(readAuditQuery(Object.fromEntries(url.searchParams))).toEqual(asked);
  expect(auditHref(everything)).toBe("/identity/audit");
});

test.each([
  ["unknown words", { action: "dance", outcome: "maybe", before: "-1" }],
  ["days that do not exist", { from: "2026-02-30", until: "yesterday" }],
  ["a parameter given twice", { search: ["a", "b"], from: ["2026-01-01"] }],
])("%s count as not said", (_case, given) => {
  expect(readAuditQuery(given)).toEqual(everything);
});

test("both days are part of what is found", () => {
  expect(filterOf({ ...everything, from: "2026-12-31", until: "2026-12-31" })).toEqual({
    from: "2026-12-31T00:00:00Z",
    until: "2027-01-01T00:00:00.000Z",
  });
});

test("an export has the whole list, whichever page is shown", () => {
  expect(exportHref({ ...everything, search: "ann", before: 5 }, "csv")).toBe(
    "/api/console/audit/export?search=ann&format=csv",
  );
});
