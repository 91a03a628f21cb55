import { describe, expect, it } from "vitest";

import { homePath, safePath } from "./safe-path";

const origin = "http://localhost:3000";

describe("where to go after signing in", () => {
  it.each(["/profile/api-keys", "/identity/users?search=a%20b", "/profile/security#sessions"])(
    "%s is kept",
    (path) => {
      expect(safePath(path, origin)).toBe(path);
    },
  );

  it.each([
    undefined,
    ["/a", "/b"],
    "",
    "profile",
    "//evil.test",
    "/\\evil.test",
    "/.//evil.test",
    "/x/..//evil.test",
    "https://evil.test/",
    "javascript:alert(1)",
    "/a\nb",
    "/a b",
    "/sign-in?callbackUrl=/x",
  ])("%j leads home", (path) => {
    expect(safePath(path, origin)).toBe(homePath);
  });
});
