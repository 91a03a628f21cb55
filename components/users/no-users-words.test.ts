import { expect, test } from "vitest";

import { noUsersWords } from "./no-users-words";
import { readUsersQuery } from "./users-query";

test.each([
  [{ search: "nobody" }, /^No user has “nobody” in the name, e-mail address or database user name/],
  [{ search: "nd" }, /^No user has a name, .* that begins with “nd”\. Three letters/],
  [{ search: "..." }, /that begins with “\.\.\.”/],
  [{ search: "ocid1.user.x" }, /^No user has an OCID that begins with “ocid1\.user\.x”\.$/],
  [{ search: "nobody", state: "blocked" }, /^No blocked user has/],
  [{ search: "nobody", factor: "none" }, /^No user of those you filter for has/],
  [{ factor: "none" }, /^Nobody matches/],
  [{ state: "invited" }, /^Nobody has an invitation/],
  [{ state: "suspended" }, /^Nobody is suspended/],
  [{ state: "active" }, /active users/],
  [{ search: "nobody", page: "x" }, /beyond the page before/],
])("an empty list for %j says what was looked for and where", (address, words) => {
  expect(noUsersWords(readUsersQuery(address))).toMatch(words);
});
