import { describe, expect, it } from "vitest";

import { runtime, startRuntime } from "@/lib/config/runtime";
import { rootKeyPlace } from "@/lib/domain/sealed-place";
import { deriveKey } from "@/lib/secrets/derive";
import { hashSecret } from "@/lib/secrets/hash-secret";
import { seal, sealedWith } from "@/lib/secrets/seal";
import { newKey, idOf, sql, opened, start, stateInDatabase } from "@/lib/testing/master-keys";

import { secretVerifier } from "../credentials/secret-verifier";

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
