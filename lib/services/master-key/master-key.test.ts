import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { describe, expect, it, onTestFinished } from "vitest";

import { loadMasterKeys } from "@/lib/config/master-key";
import { runtime, startRuntime } from "@/lib/config/runtime";
import { reading, transaction } from "@/lib/data/db";
import { announceServer } from "@/lib/data/servers";
import { rootKeyPlace } from "@/lib/domain/sealed-place";
import { deriveKey } from "@/lib/secrets/derive";
import { hashSecret } from "@/lib/secrets/hash-secret";
import { open, reseal, seal, sealedWith, sealingKeyId } from "@/lib/secrets/seal";
import { makeCaller } from "@/lib/testing/callers";
import { startTestRuntime } from "@/lib/testing/runtime";

import { secretVerifier } from "../credentials/secret-verifier";
import { issueCredential } from "../credentials/issue-credential";
import { enqueueMail } from "../mail/enqueue";
import { openMailSecrets } from "../mail/secrets";
import { getMasterKeyState } from "./get-master-key-state";
import { openMasterKey } from "./open-master-key";
import { rewrap } from "./rewrap";
import { rotateMasterKey } from "./rotate-master-key";
import { openSecret } from "./sealing";

const newKey = () => randomBytes(32).toString("base64");
const idOf = (key: string) => sealingKeyId(Buffer.from(key, "base64"));
const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query<Record<string, unknown>>(text, values)).rows;
const given = (masterKey: string) => ({ masterKey, dataDir: "/nowhere" });
const opened = (masterKey: string) => transaction((tx) => openMasterKey(tx, given(masterKey)));

async function start(settings: Record<string, string>) {
  const stage = await startTestRuntime(settings);
  onTestFinished(() => stage.stop());
  return stage;
}

/** A stage that keeps its key in a file, as an installation without settings does. */
async function startWithFile() {
  const dataDir = mkdtempSync(join(tmpdir(), "latchkey-key-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const key = newKey();
  const file = join(dataDir, "master.key");
  writeFileSync(file, key, { mode: 0o600 });
  await start({ LATCHKEY_DATA: dataDir, LATCHKEY_MASTER_KEY: "" });
  const keysInFile = () => readFileSync(file, "utf8").trim().split("\n");
  return { key, file, keysInFile };
}

/** What another process with these keys in its environment would be, on the same database. */
async function becomeServerWith(masterKey: string): Promise<void> {
  const env = { ...runtime().env, masterKey };
  startRuntime({ ...runtime(), env, ...(await opened(masterKey)) });
}

async function issueSecretKey() {
  const owner = await makeCaller();
  const issued = await issueCredential(owner, {
    ownerId: owner.userId,
    kind: "customer_secret_key",
    values: { name: `key ${randomUUID()}` },
  });
  const secret = "secret" in issued ? String(issued.secret) : "";
  return { owner, id: issued.credential.id, secret };
}

async function sealedOf(id: string): Promise<string> {
  return String(
    (await sql("select sealed_secret from credentials where id = $1", [id]))[0]?.["sealed_secret"],
  );
}

const readAgain = async ({ owner, id }: Awaited<ReturnType<typeof issueSecretKey>>) =>
  openSecret(await sealedOf(id), {
    tenancy: runtime().tenancy.id,
    user: owner.userId,
    kind: "customer_secret_key",
    id,
  });

const stateInDatabase = async () =>
  (await sql("select current_id, previous_id, sealed_root_key from master_key"))[0];

describe("starting", () => {
  it("a new database gets a random root key; further starts, also at once, find the same", async () => {
    const key = newKey();
    await start({ LATCHKEY_MASTER_KEY: key });
    const starts = await Promise.all([opened(key), opened(key)]);
    const roots = starts.map(({ rootKey }) => Buffer.from(rootKey).toString("base64"));
    expect(roots).toEqual([roots[0], Buffer.from(runtime().rootKey).toString("base64")]);
    expect(roots[0]).not.toBe(key);
    expect(await sql("select 1 from master_key")).toHaveLength(1);
  });

  it("several first starts at once agree on one", async () => {
    const key = newKey();
    await start({ LATCHKEY_MASTER_KEY: key });
    await sql("delete from master_key");
    const starts = await Promise.all(Array.from({ length: 6 }, () => opened(key)));
    const roots = starts.map(({ rootKey }) => Buffer.from(rootKey).toString("base64"));
    expect(new Set(roots).size).toBe(1);
  });

  it("a database of an earlier version goes on: its verifiers and sessions hang on the master key itself", async () => {
    const key = newKey();
    await start({ LATCHKEY_MASTER_KEY: key });
    const bytes = Buffer.from(key, "base64");
    await sql("delete from master_key");
    const check = hashSecret(
      deriveKey(bytes, "secret-verifier"),
      "the master key of this database",
    );
    await sql("insert into settings (key, value) values ('master-key-check', $1)", [
      JSON.stringify(check),
    ]);
    await expect(opened(newKey())).rejects.toThrow("not the one that this database was made with");
    expect(await sql("select 1 from master_key")).toEqual([]);
    const { rootKey } = await opened(key);
    expect(Buffer.from(rootKey)).toEqual(bytes);
    startRuntime({ ...runtime(), ...(await opened(key)) });
    expect(secretVerifier("lkat_x")).toBe(
      hashSecret(deriveKey(bytes, "secret-verifier"), "lkat_x"),
    );
    // The new key may already be given when the old version is replaced.
    await sql("delete from master_key");
    const both = await opened(`${key} ${newKey()}`);
    expect(Buffer.from(both.rootKey)).toEqual(bytes);
  });

  it("another key is refused and nothing is written; so is one key too few in the middle of a rotation", async () => {
    const [key, next] = [newKey(), newKey()];
    await start({ LATCHKEY_MASTER_KEY: key });
    const before = await stateInDatabase();
    await expect(opened(next)).rejects.toThrow("not the one that this database was made with");
    expect(await stateInDatabase()).toEqual(before);
    await sql("update master_key set previous_id = $1", [idOf(next)]);
    await expect(opened(key)).rejects.toThrow("The rotation of the master key is not finished");
    await expect(opened(`${next} ${key}`)).resolves.toBeDefined();
  });

  it("a key that has the right name and another value is refused", async () => {
    const [key, other] = [newKey(), newKey()];
    await start({ LATCHKEY_MASTER_KEY: key });
    const forged = seal(Buffer.from(other, "base64"), "x", rootKeyPlace);
    await sql("update master_key set sealed_root_key = $1", [
      forged.replace(sealedWith(forged), idOf(key)),
    ]);
    await expect(opened(key)).rejects.toThrow("not the one that this database was made with");
  });
});

describe("rotating", () => {
  it("with the key in a file: everything sealed is under the new key, and opens; verifiers stay", async () => {
    const { key, keysInFile } = await startWithFile();
    const owned = [await issueSecretKey(), await issueSecretKey()];
    const verifier = secretVerifier("lkat_x");
    const mailId = await queueTemporaryPassword();
    await sql(
      "insert into retry_tokens (caller_id, operation, token, body_hash, sealed_reply) values ('u', 'o', 't', 'h', $1)",
      [
        seal(Buffer.from(key, "base64"), "reply", {
          tenancy: runtime().tenancy.id,
          user: "u",
          kind: "retry:o",
          id: "t",
        }),
      ],
    );
    const { currentId, previousId, rewrapped, formerIsConfigured } = await rotateMasterKey();
    expect(previousId).toBe(idOf(key));
    expect({ rewrapped, formerIsConfigured }).toEqual({ rewrapped: 4, formerIsConfigured: false });
    expect(keysInFile().map(idOf)).toEqual([currentId]);
    runtime().masterKeys.refresh();
    expect(runtime().masterKeys.ids()).toEqual([currentId]);
    for (const one of owned) {
      expect(sealedWith(await sealedOf(one.id))).toBe(currentId);
      expect(await readAgain(one)).toBe(one.secret);
    }
    const [mail] = await sql("select id, user_id, sealed_values from mails where id = $1", [
      mailId,
    ]);
    expect(
      openMailSecrets(String(mail?.["sealed_values"]), {
        id: mailId,
        userId: String(mail?.["user_id"]),
      }),
    ).toEqual({ temporaryPassword: "Very-Secret-7" });
    expect(secretVerifier("lkat_x")).toBe(verifier);
    const env = { masterKey: undefined, dataDir: runtime().env.dataDir };
    const { rootKey } = await transaction((tx) => openMasterKey(tx, env));
    expect(Buffer.from(rootKey)).toEqual(Buffer.from(runtime().rootKey));
    expect(await stateInDatabase()).toMatchObject({ current_id: currentId, previous_id: null });
    expect(
      await sql(
        "select action, via, subject_id, details from audit_events where subject_type = 'master_key' order by id",
      ),
    ).toEqual(
      ["beginMasterKeyRotation", "rotateMasterKey"].map((action) => ({
        action,
        via: "host",
        subject_id: currentId,
        details: { previousId },
      })),
    );
    const another = await rotateMasterKey();
    expect(another.previousId).toBe(currentId);
    expect(await readAgain(owned[0] ?? (await issueSecretKey()))).toBe(owned[0]?.secret);
  });

  it("with the keys in the environment: it asks for a second, and says that the first may go", async () => {
    const [key, next] = [newKey(), newKey()];
    await start({ LATCHKEY_MASTER_KEY: key });
    const one = await issueSecretKey();
    await expect(rotateMasterKey()).rejects.toThrow("has no key behind the one in force");
    await becomeServerWith(`${key} ${next}`);
    expect(await rotateMasterKey()).toEqual({
      currentId: idOf(next),
      previousId: idOf(key),
      rewrapped: 1,
      formerIsConfigured: true,
    });
    await expect(rotateMasterKey()).rejects.toThrow("has no key behind the one in force");
    await becomeServerWith(next);
    expect(await readAgain(one)).toBe(one.secret);
    await expect(opened(key)).rejects.toThrow("not the one");
  });

  it(
    "waits for a server that does not know the new key, and gives up without a change",
    { timeout: 90_000 },
    async () => {
      const [key, next] = [newKey(), newKey()];
      await start({ LATCHKEY_MASTER_KEY: key });
      await becomeServerWith(`${key} ${next}`);
      const announce = (masterKeyIds: string[]) =>
        reading((tx) => announceServer(tx, { id: "s", name: "other-host:3000", masterKeyIds }));
      await announce([idOf(key)]);
      const said: string[] = [];
      const timer = setInterval(() => void announce([idOf(key)]), 5_000);
      onTestFinished(() => clearInterval(timer));
      const administrator = await makeCaller({ isAdministrator: true });
      expect((await getMasterKeyState(administrator, {})).servers).toEqual([
        { name: "other-host:3000", knowsIt: true },
      ]);
      const rotation = rotateMasterKey((sentence) => said.push(sentence));
      await expect
        .poll(() => said, { timeout: 5_000 })
        .toEqual(["Waiting until every server knows the new key: other-host:3000."]);
      expect(await stateInDatabase()).toMatchObject({ current_id: idOf(key), previous_id: null });
      await expect(rotateMasterKey()).rejects.toThrow(
        "Another rotation of the master key is running.",
      );
      clearInterval(timer);
      await announce([idOf(key), idOf(next)]);
      expect((await rotation).currentId).toBe(idOf(next));
    },
  );

  it("interrupted, it goes on: both keys are needed until the end, and what was done stays done", async () => {
    const [key, next] = [newKey(), newKey()];
    await start({ LATCHKEY_MASTER_KEY: key });
    const owned = await Promise.all(Array.from({ length: 5 }, issueSecretKey));
    await becomeServerWith(`${key} ${next}`);
    // As if it had died right after the turn.
    const root = String((await stateInDatabase())?.["sealed_root_key"]);
    await sql("update master_key set current_id = $1, previous_id = $2, sealed_root_key = $3", [
      idOf(next),
      idOf(key),
      reseal(Buffer.from(next, "base64"), runtime().masterKeys, root, rootKeyPlace),
    ]);
    const late = await issueSecretKey();
    expect(sealedWith(await sealedOf(late.id))).toBe(idOf(next));
    const administrator = await makeCaller({ isAdministrator: true });
    expect((await getMasterKeyState(administrator, {})).rotation).toEqual({
      formerId: idOf(key),
      left: 5,
    });
    for (const one of [...owned, late]) expect(await readAgain(one)).toBe(one.secret);
    await expect(opened(next)).rejects.toThrow("is not finished");
    const said: string[] = [];
    const { rewrapped } = await rotateMasterKey((sentence) => said.push(sentence));
    expect(said[0]).toBe("Going on with a rotation that was interrupted.");
    expect(rewrapped).toBe(5);
    await becomeServerWith(next);
    for (const one of [...owned, late]) expect(await readAgain(one)).toBe(one.secret);
  });

  it("interrupted before it took the former key out of the file, it does only that", async () => {
    const { file, keysInFile } = await startWithFile();
    const { currentId } = await rotateMasterKey();
    const former = newKey();
    writeFileSync(file, `${former}\n${keysInFile()[0] ?? ""}\n`);
    runtime().masterKeys.refresh();
    expect(await rotateMasterKey()).toMatchObject({
      currentId,
      previousId: idOf(former),
      rewrapped: 0,
    });
    expect(keysInFile().map(idOf)).toEqual([currentId]);
  });

  it("a value that no key opens keeps the former key, and is named", async () => {
    const { file, keysInFile } = await startWithFile();
    const [one, other] = [await issueSecretKey(), await issueSecretKey()];
    // Moved to another row: it is whole, and not of this place.
    await sql("update credentials set sealed_secret = $1 where id = $2", [
      await sealedOf(one.id),
      other.id,
    ]);
    await expect(rotateMasterKey()).rejects.toThrow(`credentials.sealed_secret of ${other.id}`);
    expect(keysInFile()).toHaveLength(2);
    expect(loadMasterKeys({ masterKey: undefined, dataDir: join(file, "..") })).toHaveLength(2);
    expect(await readAgain(one)).toBe(one.secret);
    await sql("update credentials set sealed_secret = null where id = $1", [other.id]);
    expect((await rotateMasterKey()).rewrapped).toBe(0);
    expect(keysInFile()).toHaveLength(1);
  });

  it("passes over what is locked, by turns, and comes back to it", async () => {
    const [key, next] = [newKey(), newKey()];
    await start({ LATCHKEY_MASTER_KEY: key });
    const one = await issueSecretKey();
    await becomeServerWith(`${key} ${next}`);
    const client = await runtime().pool.connect();
    await client.query("begin");
    await client.query("select 1 from credentials where id = $1 for update", [one.id]);
    expect(await rewrap(idOf(next), () => undefined)).toEqual({ rewrapped: 0, broken: [] });
    const rotation = rotateMasterKey();
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(sealedWith(await sealedOf(one.id))).toBe(idOf(key));
    await client.query("rollback");
    client.release();
    expect((await rotation).rewrapped).toBe(1);
  });

  it("its state is for administrators", async () => {
    const key = newKey();
    await start({ LATCHKEY_MASTER_KEY: key });
    await expect(getMasterKeyState(await makeCaller(), {})).rejects.toMatchObject({
      code: "not_found",
    });
    const administrator = await makeCaller({ isAdministrator: true });
    expect(await getMasterKeyState(administrator, {})).toEqual({
      id: idOf(key),
      since: expect.any(String),
      rotatedAt: null,
      rotation: null,
      servers: [],
    });
  });
});

describe("the list of sealed columns", () => {
  it("has every column of the schema whose name says that it is sealed", async () => {
    await start({ LATCHKEY_MASTER_KEY: newKey() });
    const { sealedColumns } = await import("@/lib/data/sealed-columns");
    const found = await sql(
      "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public' and column_name like '%sealed%'",
    );
    // The root key has its own row and turn.
    expect(
      [...sealedColumns.map(({ name }) => name), "master_key.sealed_root_key"].toSorted(),
    ).toEqual(found.map(({ name }) => String(name)).toSorted());
  });

  it("each is read back from its own rows: many rows, several batches", async () => {
    const [key, next] = [newKey(), newKey()];
    const stage = await start({ LATCHKEY_MASTER_KEY: key });
    const tenancy = runtime().tenancy.id;
    const bytes = Buffer.from(key, "base64");
    const owner = stage.admin.id;
    const rows = Array.from({ length: 250 }, (_, index) => `row-${index}`);
    for (const id of rows)
      await sql(
        "insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, sealed_secret) values ($1, 'customer_secret_key', $2, $1, 'global', '{}', $3)",
        [id, owner, seal(bytes, id, { tenancy, user: owner, kind: "customer_secret_key", id })],
      );
    for (const token of rows)
      await sql(
        "insert into retry_tokens (caller_id, operation, token, body_hash, sealed_reply) values ($1, 'op', $2, 'h', $3)",
        [owner, token, seal(bytes, token, { tenancy, user: owner, kind: "retry:op", id: token })],
      );
    await becomeServerWith(`${key} ${next}`);
    expect((await rotateMasterKey()).rewrapped).toBe(500);
    await becomeServerWith(next);
    const credentials = await sql(
      "select id, sealed_secret from credentials where id like 'row-%'",
    );
    for (const { id, sealed_secret } of credentials) {
      const place = { tenancy, user: owner, kind: "customer_secret_key", id: String(id) };
      expect(open(runtime().masterKeys, String(sealed_secret), place)).toBe(id);
    }
    expect(credentials).toHaveLength(250);
  });
});

async function queueTemporaryPassword(): Promise<string> {
  const { userId } = await makeCaller();
  await transaction((tx) =>
    enqueueMail(tx, {
      template: "temporary_password",
      userId,
      recipient: "somebody@example.com",
      values: { userName: "somebody", requestedFrom: "192.0.2.1" },
      secretValues: { temporaryPassword: "Very-Secret-7" },
    }),
  );
  return String((await sql("select id from mails"))[0]?.["id"]);
}
