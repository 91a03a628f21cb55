import { expect, it } from "vitest";

import { nestedValues } from "./nested-values";

it("puts dotted names where they say, in order and without gaps, and leaves the others alone", () => {
  const form = new FormData();
  form.set("name", "report");
  form.set("scopes.2.audience", "urn:b");
  form.set("scopes.2.scope", "write");
  form.set("scopes.0.scope", "read");
  form.set("scopes.0.audience", "urn:a");
  form.set("way-0", "select");
  form.set("file.0.data", new Blob(["x"]));
  expect(nestedValues(form)).toEqual({
    scopes: [
      { audience: "urn:a", scope: "read" },
      { audience: "urn:b", scope: "write" },
    ],
  });
  expect(nestedValues(new FormData())).toEqual({});
});
