import { describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import { open, seal } from "@/lib/secrets/seal";
import { newKey, sql, start, becomeServerWith } from "@/lib/testing/master-keys";

import { rotateMasterKey } from "./rotate-master-key";

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
    await Promise.all(
      rows.map((id) =>
        sql(
          "insert into credentials (id, kind, owner_id, public_id, public_id_scope, details, sealed_secret) values ($1, 'customer_secret_key', $2, $1, 'global', '{}', $3)",
          [id, owner, seal(bytes, id, { tenancy, user: owner, kind: "customer_secret_key", id })],
        ),
      ),
    );
    await Promise.all(
      rows.map((token) =>
        sql(
          "insert into retry_tokens (caller_id, operation, token, body_hash, sealed_reply) values ($1, 'op', $2, 'h', $3)",
          [owner, token, seal(bytes, token, { tenancy, user: owner, kind: "retry:op", id: token })],
        ),
      ),
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
