import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

import { loadMasterKeys } from "@/lib/config/master-key";
import { runtime } from "@/lib/config/runtime";
import { reading, transaction } from "@/lib/data/db";
import { announceServer } from "@/lib/data/servers";
import { rootKeyPlace } from "@/lib/domain/sealed-place";
import { reseal, seal, sealedWith } from "@/lib/secrets/seal";
import { makeCaller } from "@/lib/testing/callers";
import {
  newKey,
  idOf,
  sql,
  opened,
  start,
  startWithFile,
  becomeServerWith,
  issueSecretKey,
  sealedOf,
  readAgain,
  stateInDatabase,
} from "@/lib/testing/master-keys";

import { secretVerifier } from "../credentials/secret-verifier";
import { enqueueMail } from "../mail/enqueue";
import { openMailSecrets } from "../mail/secrets";
import { getMasterKeyState } from "./get-master-key-state";
import { openMasterKey } from "./open-master-key";
import { rewrap } from "./rewrap";
import { rotateMasterKey } from "./rotate-master-key";

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
