import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

import { runtime, startRuntime } from "@/lib/config/runtime";
import { transaction } from "@/lib/data/db";
import { sealingKeyId } from "@/lib/secrets/seal";
import { issueCredential } from "@/lib/services/credentials/issue-credential";
import { openMasterKey } from "@/lib/services/master-key/open-master-key";
import { openSecret } from "@/lib/services/master-key/sealing";

import { makeCaller } from "./callers";
import { startTestRuntime } from "./runtime";

export const newKey = () => randomBytes(32).toString("base64");
export const idOf = (key: string) => sealingKeyId(Buffer.from(key, "base64"));
export const sql = async (text: string, values: unknown[] = []) =>
  (await runtime().pool.query<Record<string, unknown>>(text, values)).rows;
const given = (masterKey: string) => ({ masterKey, dataDir: "/nowhere" });
export const opened = (masterKey: string) =>
  transaction((tx) => openMasterKey(tx, given(masterKey)));

export async function start(settings: Record<string, string>) {
  const stage = await startTestRuntime(settings);
  onTestFinished(() => stage.stop());
  return stage;
}

/** A stage that keeps its key in a file, as an installation without settings does. */
export async function startWithFile() {
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
export async function becomeServerWith(masterKey: string): Promise<void> {
  const env = { ...runtime().env, masterKey };
  startRuntime({ ...runtime(), env, ...(await opened(masterKey)) });
}

export async function issueSecretKey() {
  const owner = await makeCaller();
  const issued = await issueCredential(owner, {
    ownerId: owner.userId,
    kind: "customer_secret_key",
    values: { name: `key ${randomUUID()}` },
  });
  const secret = "secret" in issued ? String(issued.secret) : "";
  return { owner, id: issued.credential.id, secret };
}

export async function sealedOf(id: string): Promise<string> {
  return String(
    (await sql("select sealed_secret from credentials where id = $1", [id]))[0]?.["sealed_secret"],
  );
}

export const readAgain = async ({ owner, id }: Awaited<ReturnType<typeof issueSecretKey>>) =>
  openSecret(await sealedOf(id), {
    tenancy: runtime().tenancy.id,
    user: owner.userId,
    kind: "customer_secret_key",
    id,
  });

export const stateInDatabase = async () =>
  (await sql("select current_id, previous_id, sealed_root_key from master_key"))[0];
