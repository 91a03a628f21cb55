import { randomBytes } from "node:crypto";

import { expect, it } from "vitest";

import { mintSecret } from "@/lib/domain/secret-format";

import { makeLogs } from "./log";

function keptLogs(level = "info") {
  const written: string[] = [];
  const logs = makeLogs(level, { write: (lines) => written.push(lines) });
  return { ...logs, written, text: () => written.join("") };
}

const messages = (text: string) =>
  text
    .trim()
    .split("\n")
    .map((line): Record<string, unknown> => JSON.parse(line))
    .map(({ note, msg }) => note ?? msg);

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

it("lines of requests wait for others, and nothing overtakes them", async () => {
  const { log, requestLog, written, text } = keptLogs();
  requestLog.write("info", { note: "first", path: 'a"b\n' });
  requestLog.write("warn", { note: "second" });
  expect(written).toEqual([]);
  log.warn("third");
  expect(messages(text())).toEqual(["first", "second", "third"]);
  requestLog.write("info", { note: "fourth" });
  await expect.poll(() => messages(text()).at(-1)).toBe("fourth");
  // Many are written before their time has come.
  for (let line = 0; line < 1_000; line += 1)
    requestLog.write("info", { note: `${line}`.padEnd(100) });
  expect(messages(text()).length).toBeGreaterThan(500);
});

it("a line of a request has what all lines have", () => {
  const { requestLog, text, flush } = keptLogs();
  requestLog.write("warn", { status: 500 });
  flush();
  expect(JSON.parse(text())).toEqual({
    level: 40,
    time: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    status: 500,
    msg: "request",
  });
});

it("the level holds for both", () => {
  const { log, requestLog, written } = keptLogs("warn");
  log.info("no");
  expect(written).toEqual([]);
  expect(requestLog.isEnabled("info")).toBe(false);
  expect(requestLog.isEnabled("warn")).toBe(true);
});

function nested(levels: number, value: object): Record<string, unknown> {
  return { inner: levels === 0 ? value : nested(levels - 1, value) };
}
