import { describe, expect, it } from "vitest";

import { databaseUserNameOf, databaseUserNameProblem } from "./database-user-name";

describe("the name that somebody types at a database", () => {
  it("is the alternate one where there is one, else the user name", () => {
    expect(databaseUserNameOf({ name: "maria.lopez", dbUserName: null })).toBe("maria.lopez");
    expect(databaseUserNameOf({ name: "maria.lopez", dbUserName: "mlopez" })).toBe("mlopez");
  });

  it("has fewer than 128 bytes: a longer user name needs an alternate one", () => {
    expect(databaseUserNameOf({ name: "x".repeat(127), dbUserName: null })).toHaveLength(127);
    expect(databaseUserNameOf({ name: "x".repeat(128), dbUserName: null })).toBeUndefined();
    expect(databaseUserNameOf({ name: "ü".repeat(64), dbUserName: null })).toBeUndefined();
    expect(databaseUserNameProblem("x".repeat(128), null)).toMatch(/too long/);
    expect(databaseUserNameProblem("x".repeat(127), null)).toBeUndefined();
  });

  it("is not made twice: the user name itself is no alternate", () => {
    expect(databaseUserNameProblem("maria.lopez", "Maria.Lopez")).toMatch(/already/);
    expect(databaseUserNameProblem("maria.lopez", "mlopez")).toBeUndefined();
  });
});
