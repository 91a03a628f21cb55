import { expect, test } from "vitest";

import { isFound } from "./command-search";

const secretKeys = {
  id: "keys",
  label: "Customer secret keys",
  group: "My profile",
  keywords: "S3 multi-factor",
  href: "/profile/customer-secret-keys",
};

test.each(["", "cust", "SECRET cust", " key ", "s3", "factor", "multi-f", "profile keys"])(
  "%j finds it by the beginnings of its words",
  (query) => expect(isFound(secretKeys, query)).toBe(true),
);

test.each(["tom", "eys", "secret tom", "secretkeys", "3"])(
  "%j, inside a word or nowhere, does not find it",
  (query) => expect(isFound(secretKeys, query)).toBe(false),
);
