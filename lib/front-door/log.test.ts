import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import { mintSecret } from "@/lib/domain/secret-format";

import { makeLogs } from "./log";

function keptLogs(level = "info") {
  const buffered: string[] = [];
  const written: string[] = [];
  const logs = makeLogs(level, {
    write: (line) => buffered.push(line),
    flushSync: () => written.push(...buffered.splice(0)),
  });
  return { ...logs, written, text: () => written.join("") };
}

const token = mintSecret("auth_token", randomBytes);
const pem = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\n-----END PRIVATE KEY-----";

it.each([
  ["at the top", { password: "Quiet-Otters-77" }],
  ["deep inside", { request: { body: { user: { newPassword: "Quiet-Otters-77" } } } }],
  ["in a list", { fields: [{ clientSecret: "Quiet-Otters-77" }] }],
  [
    "as a header",
    { headers: { "set-cookie": ["a=Quiet-Otters-77"], Authorization: "Quiet-Otters-77" } },
  ],
  ["as what is sealed", { row: { sealed_secret: "Quiet-Otters-77" } }],
  ["as bytes", { inner: { key: Buffer.from("Quiet-Otters-77") } }],
  ["below the deepest level", nested(9, { note: "Quiet-Otters-77" })],
])("a secret %s is not written", (_where, fields) => {
  const { log, text } = keptLogs();
  log.info({ ...fields, requestId: "A1" }, "something happened");
  expect(JSON.parse(text())).toMatchObject({ requestId: "A1", msg: "something happened" });
  expect(text()).toContain("[redacted]");
  expect(text()).not.toContain("Quiet-Otters");
  expect(text()).not.toContain(JSON.stringify([...Buffer.from("Quiet-")]).slice(1, -1));
});

it("what looks like a secret of ours is not written wherever it stands", () => {
  const { log, text } = keptLogs();
  const cause = new Error(`inner ${token}`);
  log.error({ note: `before ${token} after`, err: new Error(`no ${pem}`, { cause }) }, "it failed");
  expect(text()).toContain("before [redacted] after");
  expect(text()).toContain("no [redacted]");
  expect(text()).toContain("inner [redacted]");
  expect(text()).not.toContain(token);
  expect(text()).not.toContain("MIIEvQ");
});

it("of an error of the database neither statement nor values are written", () => {
  const { log, text } = keptLogs();
  const fault = Object.assign(new Error("Failed query: insert ... Quiet-Otters-77"), {
    severity: "ERROR",
    code: "23505",
    detail: "Key (name)=(Quiet-Otters-77) already exists.",
  });
  log.error({ err: fault }, "it failed");
  expect(JSON.parse(text()).err).toMatchObject({ type: "Error", code: "23505" });
  expect(text()).not.toContain("Quiet-Otters");
});

it("what is no secret stays as it is, and fields that hold each other end", () => {
  const { log, text } = keptLogs();
  const ring: Record<string, unknown> = { mustChangePassword: true, count: 3, tokens: null };
  ring["self"] = ring;
  log.info({ ring, key: "ocid1.credential.local..a", at: new Date(0) }, "as it is");
  expect(JSON.parse(text())).toMatchObject({
    key: "ocid1.credential.local..a",
    at: "1970-01-01T00:00:00.000Z",
    ring: { mustChangePassword: true, count: 3 },
  });
});

it("lines of requests wait for others, and nothing overtakes them", () => {
  const { log, requestLog, written, flush } = keptLogs();
  requestLog.info("first");
  expect(written).toEqual([]);
  log.warn("second");
  requestLog.info("third");
  flush();
  expect(written.map((line) => JSON.parse(line).msg)).toEqual(["first", "second", "third"]);
});

it("the level holds for both", () => {
  const { log, requestLog, text, flush } = keptLogs("warn");
  log.info("no");
  requestLog.info("no");
  requestLog.warn("yes");
  flush();
  expect(
    text()
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).msg),
  ).toEqual(["yes"]);
});

function nested(levels: number, value: object): Record<string, unknown> {
  return { inner: levels === 0 ? value : nested(levels - 1, value) };
}
