import { expect, it } from "vitest";

import { credentialKinds } from "@/lib/domain/credentials/registry";

import { extrasOf } from "./kind-extras";

it("a kind that says that its credentials have pages brings what stands on them, and no other does", () => {
  const withPage = credentialKinds.filter(({ description }) => description.hasPage === true);
  expect(withPage).not.toEqual([]);
  expect(
    credentialKinds.filter(({ id }) => extrasOf(id).OwnPage !== undefined).map(({ id }) => id),
  ).toEqual(withPage.map(({ id }) => id));
});
