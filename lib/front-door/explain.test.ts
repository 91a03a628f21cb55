import { DrizzleQueryError } from "drizzle-orm";
import { describe, expect, it } from "vitest";

import { ConfigError } from "@/lib/config/config-error";
import { unavailable } from "@/lib/domain/errors";

import { explainStart, listenProblem } from "./explain";

const fromSystem = (code: string, syscall: string) =>
  Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
const fromDatabase = (code: string) => Object.assign(new Error("as the server put it"), { code });

describe("why a program cannot start", () => {
  it.each([
    [fromSystem("ECONNREFUSED", "connect"), "cannot be reached"],
    [fromSystem("ENOENT", "connect"), "cannot be reached"],
    [fromSystem("EAI_AGAIN", "getaddrinfo"), "cannot be reached"],
    [
      Object.assign(new AggregateError([fromSystem("ECONNREFUSED", "connect")]), {
        code: "ECONNREFUSED",
      }),
      "cannot be reached",
    ],
    [fromDatabase("28P01"), "refused the user or password"],
    [fromDatabase("3D000"), "does not exist"],
    [fromDatabase("42501"), "may not make tables"],
    [fromDatabase("53100"), "no disk space left"],
    [fromDatabase("53300"), "no connection left"],
    [fromDatabase("57P03"), "starting or stopping"],
    [fromDatabase("25006"), "takes no changes"],
    [fromDatabase("55P03"), "holds the tables"],
    [new ConfigError("PORT must be a number."), "PORT must be a number."],
  ])("%s is a sentence", (error, words) => {
    const wrapped = unavailable(new DrizzleQueryError("select $1", ["a verifier"], error));
    for (const given of error instanceof ConfigError ? [error] : [error, wrapped]) {
      const sentence = explainStart(given);
      expect(sentence).toContain(words);
      expect(sentence).toMatch(/^[A-Z][^\n]*\.$/);
    }
  });

  it("shows where a fault of ours happened, and no value of a statement", () => {
    const error = new DrizzleQueryError("select $1", ["a verifier"], fromDatabase("42P01"));
    expect(explainStart(error)).toMatch(/^Error: as the server put it\n +at /);
    expect(explainStart(error)).not.toContain("a verifier");
    expect(explainStart("thrown")).toBe("thrown");
  });

  it.each([
    ["EADDRINUSE", "Port 3000 is in use."],
    ["EACCES", "one above 1023."],
    ["EADDRNOTAVAIL", "HOST is no address of this machine."],
    ["ENOTFOUND", "HOST is no address of this machine."],
  ])("a place where nothing can listen (%s) is a sentence", (code, words) => {
    expect(explainStart(listenProblem(fromSystem(code, "listen"), 3000))).toContain(words);
  });

  it("leaves what it does not know as it came", () => {
    const error = fromSystem("EMFILE", "listen");
    expect(listenProblem(error, 3000)).toBe(error);
  });
});
