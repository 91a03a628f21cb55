import { generateKeyPairSync, randomBytes } from "node:crypto";

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { database } from "@/lib/data/db";
import { reportedQuery } from "@/lib/data/reported-credentials";
import type { Caller } from "@/lib/domain/caller";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { mintSecret, secretKinds } from "@/lib/domain/secret-format";
import { makeCaller, origin } from "@/lib/testing/callers";
import { openEveryKind, valuesFor } from "@/lib/testing/kind-values";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { listActivity } from "../activity/list-activity";
import { issueCredential } from "../credentials/issue-credential";
import { listCredentials } from "../credentials/list-credentials";
import { rotateCredential } from "../credentials/rotate-credential";
import { startMailWorker } from "../mail/worker";
import { reportLeak } from "./report-leak";

let stage: TestRuntime;
let worker: ReturnType<typeof startMailWorker>;
beforeAll(async () => {
  stage = await startTestRuntime();
  await openEveryKind();
  worker = startMailWorker({
    transport: { send: () => Promise.resolve() },
    pollMilliseconds: 20,
  });
});
afterAll(async () => {
  await worker.stop();
  await stage.stop();
});
beforeEach(async () => {
  await sql("delete from mails");
  await sql("delete from rate_limits");
});

const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query<Record<string, unknown>>(text, values)).rows;

const from = origin({ address: "198.51.100.7", client: "a scanner" });
const report = (text: string, source = from) => reportLeak(source, { text });

/** Until no report waits. */
const worked = () =>
  expect
    .poll(() => sql("select 1 from mails where sent_at is null and given_up_at is null"), {
      timeout: 10_000,
    })
    .toEqual([]);

async function issue(owner: Caller, kind: string, values = valuesFor(kind)) {
  const issued = await issueCredential(owner, { ownerId: owner.userId, kind, values });
  const secret = "secret" in issued ? String(issued.secret) : "";
  return { id: issued.credential.id, secret };
}

const listed = (owner: Caller, kind: string) =>
  listCredentials(owner, { ownerId: owner.userId, kind });

const stateOf = async (owner: Caller, kind: string, id: string) =>
  (await listed(owner, kind)).find((one) => one.id === id)?.state;

const mailsSent = () =>
  sql("select template, recipient, values from mails where template <> 'leak_report'");

const recognisable = credentialKinds.filter(
  ({ secret }) => secret === "hashed" || secret === "sealed",
);

it("every kind whose secret we generate has a format, and is in this battery", () => {
  expect(recognisable.map(({ id }) => id).toSorted()).toEqual([...secretKinds].toSorted());
});

describe.each(recognisable)("a leaked secret of kind $id", ({ id: kind, description }) => {
  it("ends at the first report, and its owner is told by mail and in Activity", async () => {
    const owner = await makeCaller({ email: `${kind.replaceAll("_", "-")}@people.test` });
    const { id, secret } = await issue(owner, kind);
    await report(`config: { "token": "${secret}" }`);
    await worked();
    expect(await stateOf(owner, kind, id)).toBe("ended");
    const [credential] = await listed(owner, kind);
    expect(credential?.ended).toMatchObject({ reason: "reported", by: null });
    expect(
      await sql("select verifier, sealed_secret from credentials where id = $1", [id]),
    ).toEqual([{ verifier: null, sealed_secret: null }]);
    const [mail, ...others] = await mailsSent();
    expect(others).toEqual([]);
    expect(mail).toMatchObject({
      template: "credential_reported",
      recipient: `${kind.replaceAll("_", "-")}@people.test`,
      values: { kind: description.noun.one, path: `/profile/${description.section}` },
    });
    const { events } = await listActivity(owner, { userId: owner.userId });
    expect(events[0]).toMatchObject({
      action: "reportLeak",
      via: "report",
      actor: null,
      subject: { type: "credential", id },
      address: "198.51.100.7",
      client: "a scanner",
    });
    await report(secret);
    await worked();
    expect(await mailsSent()).toHaveLength(1);
  });

  it("nothing of it is kept or logged", async () => {
    const owner = await makeCaller();
    const { secret } = await issue(owner, kind);
    await report(`found: ${secret}`);
    await worked();
    const rows = await sql(
      "select m::text as row from mails m union all select a::text from audit_events a union all select r::text from rate_limits r",
    );
    for (const text of [...rows.map(({ row }) => String(row)), ...stage.logged])
      expect(text).not.toContain(secret);
  });

  it("one that was never issued, or has ended, changes nothing", async () => {
    const owner = await makeCaller();
    const { id } = await issue(owner, kind);
    const format = secretKinds.find((candidate) => candidate === kind) ?? "auth_token";
    await report(mintSecret(format, randomBytes));
    await worked();
    expect(await stateOf(owner, kind, id)).toBe("active");
    expect(await mailsSent()).toEqual([]);
  });
});

it("a replaced secret ends alone; a secret that replaced one in its place takes that along", async () => {
  const kind = "oauth_client_credential";
  const owner = await makeCaller();
  const { id, secret: old } = await issue(owner, kind);
  const rotated = await rotateCredential(owner, {
    ownerId: owner.userId,
    kind,
    credential: { id },
    overlap: "24h",
  });
  await report(old);
  await worked();
  expect(await stateOf(owner, kind, id)).toBe("active");
  const secret = "secret" in rotated ? String(rotated.secret) : "";
  const again = await rotateCredential(owner, {
    ownerId: owner.userId,
    kind,
    credential: { id },
    overlap: "24h",
  });
  await report("secret" in again ? String(again.secret) : "");
  await worked();
  expect((await listed(owner, kind)).map(({ state }) => state)).not.toContain("active");
  expect(
    await sql("select 1 from credentials where owner_id = $1 and ended_at is null", [owner.userId]),
  ).toEqual([]);
  expect(secret).not.toBe("");
});

describe("a leaked private key", () => {
  const pair = () => generateKeyPairSync("rsa", { modulusLength: 2048 });
  const publicPem = ({ publicKey }: ReturnType<typeof pair>) =>
    publicKey.export({ type: "spki", format: "pem" }).toString();

  it.each(["pkcs1", "pkcs8"] as const)(
    "in %s ends the API key at everybody who has it",
    async (type) => {
      const leaked = pair();
      const [one, other] = [await makeCaller(), await makeCaller()];
      const key = { name: "laptop", key: publicPem(leaked) };
      const [first, second] = [
        await issue(one, "api_key", key),
        await issue(other, "api_key", key),
      ];
      const kept = await issue(other, "api_key", { name: "another", key: publicPem(pair()) });
      const pem = leaked.privateKey.export({ type, format: "pem" }).toString();
      await report(`# my key\n${pem}OCI_API_KEY\n`);
      await worked();
      expect(await stateOf(one, "api_key", first.id)).toBe("ended");
      expect(await stateOf(other, "api_key", second.id)).toBe("ended");
      expect(await stateOf(other, "api_key", kept.id)).toBe("active");
      const body = pem.split("\n")[3] ?? "";
      const rows = await sql(
        "select a::text as row from audit_events a union all select m::text from mails m",
      );
      for (const text of [...rows.map(({ row }) => String(row)), ...stage.logged])
        expect(text).not.toContain(body);
    },
  );

  it("is found by an index, as a secret is, among however many credentials", async () => {
    const owner = await makeCaller();
    const { id } = await issue(owner, "auth_token");
    await sql(
      `insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, verifier)
       select 'many-' || n, kind, owner_id, 'many-' || n, public_id_scope,
         case when n % 2 = 0 then details else jsonb_build_object('sha256', 'digest-' || n) end, 'verifier-' || n
       from credentials, generate_series(1, 4000) n where id = $1`,
      [id],
    );
    await stage.analyze("credentials");
    // The statement as the worker sends it.
    const { sql: text, params } = reportedQuery(database(), {
      verifiers: ["verifier-2", "verifier-4"],
      keyDigests: ["digest-1"],
    }).toSQL();
    const plan = await sql(`explain ${text}`, params);
    const told = plan.map((row) => row["QUERY PLAN"]).join("\n");
    expect(told).toContain("credentials_by_key_digest");
    expect(told).toContain("credentials_verifier");
    expect(told).not.toContain("Seq Scan");
    await sql("delete from credentials where id like 'many-%'");
  });

  it("the public key alone ends nothing: it is no secret", async () => {
    const owner = await makeCaller();
    const known = pair();
    const { id } = await issue(owner, "api_key", { name: "laptop", key: publicPem(known) });
    await report(publicPem(known));
    await worked();
    expect(await stateOf(owner, "api_key", id)).toBe("active");
  });
});

it("a sealed secret of an earlier version, without a verifier, is found too", async () => {
  const owner = await makeCaller();
  const { id, secret } = await issue(owner, "customer_secret_key");
  await sql("update credentials set verifier = null where id = $1", [id]);
  await report(secret);
  await worked();
  expect(await stateOf(owner, "customer_secret_key", id)).toBe("ended");
});

it("the same is written for every text, before any answer: real, invented, or none at all", async () => {
  await worker.stop();
  const owner = await makeCaller();
  const { secret } = await issue(owner, "auth_token");
  for (const text of [secret, mintSecret("auth_token", randomBytes)])
    expect(await report(text)).toBeUndefined();
  expect(await report("nothing at all")).toBeUndefined();
  const rows = await sql(
    "select to_jsonb(m) - 'id' - 'values' - 'created_at' - 'next_attempt_at' as row, jsonb_array_length(values -> 'verifiers') as found from mails m order by created_at",
  );
  expect(new Set(rows.map(({ row }) => JSON.stringify(row))).size).toBe(1);
  expect(rows.map(({ found }) => found)).toEqual([1, 1, 0]);
  worker = startMailWorker({ transport: { send: () => Promise.resolve() }, pollMilliseconds: 20 });
  await worked();
});

it("a source may report thirty times an hour; an empty or endless report is told so", async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 34 }, () => report("x")));
  const refused = outcomes.flatMap((outcome) =>
    outcome.status === "rejected" ? [outcome.reason as unknown] : [],
  );
  expect(refused).toHaveLength(4);
  for (const reason of refused)
    expect(reason).toMatchObject({ code: "rate_limited", retryAfterSeconds: expect.any(Number) });
  await expect(report(" \n")).rejects.toMatchObject({ code: "invalid_input" });
  await expect(report("x".repeat(60_001))).rejects.toMatchObject({ code: "invalid_input" });
  await worked();
});
