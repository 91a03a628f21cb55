import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { insertAuditEvent } from "@/lib/data/audit";
import { reading } from "@/lib/data/db";
import type { AuditFilter } from "@/lib/domain/audit/search";
import type { Caller } from "@/lib/domain/caller";
import { makeCaller, makePerson, origin, signedIn } from "@/lib/testing/callers";
import { valuesFor } from "@/lib/testing/kind-values";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { issueCredential } from "../credentials/issue-credential";
import { rotateCredential } from "../credentials/rotate-credential";
import { switchCredential } from "../credentials/switch-credential";
import { exportAuditLog } from "./export-audit-log";
import { eventWithoutCaller } from "./record";
import { searchAuditLog } from "./search-audit-log";

let stage: TestRuntime;
let admin: Caller;
beforeAll(async () => {
  stage = await startTestRuntime();
  admin = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage.stop());

const found = async (filter: AuditFilter) => (await searchAuditLog(admin, filter)).events;

async function put(
  count: number,
  change: Partial<Parameters<typeof eventWithoutCaller>[1]> = {},
): Promise<void> {
  for (let index = 0; index < count; index += 1) {
    const event = eventWithoutCaller(origin(), {
      action: "signIn",
      outcome: "done",
      via: "password",
      owner: null,
      subject: null,
      ...change,
    });
    await reading((tx) => insertAuditEvent(tx, event));
  }
}

describe("who may read the audit log", () => {
  it("is nobody but administrators", async () => {
    const caller = await makeCaller();
    await expect(searchAuditLog(caller, {})).rejects.toMatchObject({ code: "not_found" });
    await expect(exportAuditLog(caller, {}, "csv")).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("the search", () => {
  it("finds a person by name in any case, as the one it was about and as the one who did it", async () => {
    const person = await makePerson({ name: "Search-Person" });
    await signedIn(person);
    await put(2, { owner: { id: person.id, name: person.name } });
    await put(1, { actor: { id: person.id, name: person.name } });
    const events = await found({ search: "sEARCH-pERSON" });
    expect(events.map(({ owner, ownerIsThere }) => [owner?.name, ownerIsThere])).toContainEqual([
      person.name,
      true,
    ]);
    expect(events).toHaveLength(4);
    expect(await found({ search: person.id })).toHaveLength(4);
    expect(await found({ search: "search-perso" })).toEqual([]);
  });

  it("finds somebody who is no longer there by the name they had", async () => {
    await put(1, { owner: { id: "ocid1.user.gone", name: "Gone-Person" } });
    expect(await found({ search: "gone-person" })).toMatchObject([{ ownerIsThere: false }]);
  });

  it("finds a credential by its OCID and by its name", async () => {
    const subject = { type: "credential", id: "ocid1.credential.x", name: "Build laptop" };
    await put(3, { subject });
    expect(await found({ search: subject.id })).toHaveLength(3);
    expect(await found({ search: "build laptop" })).toHaveLength(3);
  });

  it.each(["api_key", "customer_secret_key", "smtp_credential"])(
    "finds a credential of kind %s by its public part, in any case, and by its OCID",
    async (kind) => {
      const { userId: ownerId } = await makeCaller();
      const about = { reason: "a test", ownerId, kind };
      const issued = await issueCredential(admin, { ...about, values: valuesFor(kind) });
      const { id, publicId } = issued.credential;
      await switchCredential(admin, { ...about, credential: { id }, isEnabled: false });
      const both = [{ action: "switchCredential" }, { action: "issueCredential" }];
      expect(await found({ search: publicId })).toMatchObject(both);
      expect(await found({ search: publicId.toUpperCase() })).toMatchObject(both);
      expect(await found({ search: id })).toMatchObject(both);
    },
  );

  it("finds a credential that took another's place from there on", async () => {
    const { userId: ownerId } = await makeCaller();
    const about = { reason: "a test", ownerId, kind: "customer_secret_key" };
    const values = valuesFor(about.kind);
    const { credential } = await issueCredential(admin, { ...about, values });
    const rotated = await rotateCredential(admin, {
      ...about,
      values,
      credential: { id: credential.id },
      overlap: "24h",
    });
    for (const search of [rotated.credential.id, rotated.credential.publicId])
      expect(await found({ search })).toMatchObject([{ action: "rotateCredential" }]);
  });

  it("narrows by action, outcome and time", async () => {
    const owner = { id: "ocid1.user.narrow", name: "narrow" };
    await put(2, { owner });
    await put(1, { owner, action: "changePassword", outcome: "refused", reason: "stale" });
    const about = { search: "narrow" };
    expect(await found({ ...about, action: "changePassword" })).toHaveLength(1);
    expect(await found({ ...about, outcome: "done" })).toHaveLength(2);
    expect(await found({ ...about, outcome: "refused", action: "signIn" })).toEqual([]);
    const now = new Date();
    const hence = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString();
    expect(await found({ ...about, from: hence(-10), until: hence(10) })).toHaveLength(3);
    expect(await found({ ...about, from: hence(10) })).toEqual([]);
    expect(await found({ ...about, until: hence(-10) })).toEqual([]);
    expect(await found({ until: hence(-10) })).toEqual([]);
    expect((await found({ from: hence(-10), until: hence(10) })).length).toBeGreaterThan(5);
  });

  it("pages without leaving out or repeating one", async () => {
    await put(25, { owner: { id: "ocid1.user.paged", name: "paged" } });
    const seen: number[] = [];
    let before: number | undefined;
    do {
      const page = await searchAuditLog(admin, { search: "paged", limit: 10, before });
      seen.push(...page.events.map(({ id }) => id));
      before = page.next ?? undefined;
    } while (before !== undefined);
    expect(seen).toHaveLength(25);
    expect(seen).toEqual([...new Set(seen)].toSorted((one, other) => other - one));
  });

  it("takes any text for a name and nothing for a command", async () => {
    for (const search of ["%", "_", "' or 1=1 --", "\\", "ocid1.", "\u{1F511}"]) {
      expect(await found({ search }), search).toEqual([]);
    }
    await expect(searchAuditLog(admin, { search: "x".repeat(201) })).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(searchAuditLog(admin, { from: "yesterday" })).rejects.toMatchObject({
      code: "invalid_input",
    });
  });
});

async function text(format: "csv" | "jsonl", filter: AuditFilter): Promise<string> {
  let all = "";
  for await (const part of await exportAuditLog(admin, filter, format)) all += part;
  return all;
}

describe("the export", () => {
  it("has every event over several pages, as JSON lines with their details whole", async () => {
    await put(1_050, {
      owner: { id: "ocid1.user.many", name: "many" },
      details: { password: "chosen", at: { least: ["one"] } },
    });
    const lines = (await text("jsonl", { search: "many" })).trimEnd().split("\n");
    expect(lines).toHaveLength(1_050);
    const events = lines.map((line): { id: number; details: unknown } => JSON.parse(line));
    expect(new Set(events.map(({ id }) => id)).size).toBe(1_050);
    expect(events[0]?.details).toEqual({ password: "chosen", at: { least: ["one"] } });
  });

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"])(
    "writes the client %j into a CSV cell that no spreadsheet runs",
    async (client) => {
      const id = `ocid1.user.formula${client.length}${client.codePointAt(0)}`;
      const event = eventWithoutCaller(origin({ client }), {
        action: "signIn",
        outcome: "done",
        via: "password",
        owner: { id, name: 'a "quoted", name' },
        subject: null,
      });
      await reading((tx) => insertAuditEvent(tx, event));
      const csv = await text("csv", { search: id });
      expect(csv).toContain('"a ""quoted"", name"');
      expect(csv).toContain(`'${client}`);
      expect(csv.split("\r\n")[0]).toMatch(/^id,at,outcome,action,/);
    },
  );
});
