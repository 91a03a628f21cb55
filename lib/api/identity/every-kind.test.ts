import { afterAll, beforeAll, describe, expect, it } from "vitest";

import type { Caller } from "@/lib/domain/caller";
import { credentialKinds } from "@/lib/domain/credentials/registry";
import { checkSecret } from "@/lib/domain/secret-format";
import { rotateCredential } from "@/lib/services/credentials/rotate-credential";
import { switchCredential } from "@/lib/services/credentials/switch-credential";
import { flushLastUses } from "@/lib/services/last-use";
import { makeCaller } from "@/lib/testing/callers";
import { openEveryKind, successorValuesFor, valuesFor } from "@/lib/testing/kind-values";

import { type Answer, call, type Signer, type Stage, startStage } from "../stage.fixture";

/** Everything that all kinds share, once for each name under which the Identity API has them (issue 3, section 5). */
let stage: Stage;
let host: Caller;
beforeAll(async () => {
  stage = await startStage();
  await openEveryKind();
  host = await makeCaller({ isAdministrator: true });
});
afterAll(() => stage?.stop());

const sql = async (text: string, values: unknown[] = []) =>
  (await stage.runtime.pool.query<Record<string, unknown>>(text, values)).rows;

/** What a client sends: what a person types, under Oracle's names. */
const bodies: Record<string, () => { create: object; change?: object }> = {
  apiKeys: () => ({ create: { key: valuesFor("api_key")["key"] } }),
  authTokens: () => ({ create: valuesFor("auth_token"), change: { description: "changed" } }),
  swiftPasswords: () => ({ create: valuesFor("auth_token"), change: { description: "changed" } }),
  customerSecretKeys: () => ({
    create: { displayName: valuesFor("customer_secret_key")["name"] },
    change: { displayName: "changed" },
  }),
  oauth2ClientCredentials: () => ({
    create: valuesFor("oauth_client_credential"),
    change: { ...valuesFor("oauth_client_credential"), description: "changed" },
  }),
  smtpCredentials: () => ({
    create: valuesFor("smtp_credential"),
    change: { description: "changed" },
  }),
  dbCredentials: () => ({ create: valuesFor("database_password") }),
};

let people = 0;
const person = () => stage.person(`kinds-${(people += 1)}`);
const codeOf = ({ status, json }: Answer) => [status, Object(json).code];
const hidden = [404, "NotAuthorizedOrNotFound"];
const nobody = "ocid1.user.local..aaaaaaaanobody";

const wires = credentialKinds.flatMap((kind) =>
  kind.wires.map((wire) => [wire.collection, kind, wire] as const),
);

it("knows what to send for every kind, under every name", () => {
  expect(Object.keys(bodies).toSorted()).toEqual(wires.map(([name]) => name).toSorted());
  expect(credentialKinds.filter(({ wires: own }) => own.length === 0)).toEqual([]);
});

describe.each(wires)("%s", (collection, kind, wire) => {
  const body = () => bodies[collection]?.() ?? { create: {} };
  const path = (ownerId: string, named = "") =>
    `/20160918/users/${ownerId}/${collection}${named === "" ? "" : `/${named}`}`;
  const create = (signer: Signer, ownerId = signer.userId, headers: Record<string, string> = {}) =>
    call(stage, signer, {
      method: "POST",
      target: path(ownerId),
      body: JSON.stringify(body().create),
      headers,
    });
  const list = (signer: Signer, ownerId = signer.userId) =>
    call(stage, signer, { method: "GET", target: path(ownerId) });
  const remove = (signer: Signer, named: string, ownerId = signer.userId) =>
    call(stage, signer, { method: "DELETE", target: path(ownerId, named) });
  const change = (signer: Signer, named: string, ownerId = signer.userId) =>
    call(stage, signer, {
      method: "PUT",
      target: path(ownerId, named),
      body: JSON.stringify(body().change ?? {}),
    });

  const { status, code } = wire.problems?.limit_reached ?? { status: 400, code: "LimitExceeded" };
  const tooMany = [status, code];

  /** What names one in an address. */
  const nameOf = ({ json }: Pick<Answer, "json">) =>
    String(Object(json)[wire.locator === "id" ? "id" : publicMember]);
  const publicMember = collection === "apiKeys" ? "fingerprint" : "id";
  const listed = async (signer: Signer, ownerId?: string) => {
    const { status, json } = await list(signer, ownerId);
    expect(status).toBe(200);
    return Object.values(Object(json)).map((one) => Object(one));
  };
  /** The key that somebody signs with is one of theirs, too. */
  const others = async (signer: Signer) =>
    (await listed(signer)).filter(({ fingerprint }) => fingerprint !== signer.fingerprint);
  const free = async (signer: Signer) => kind.maxPerUser - (await listed(signer)).length;
  const rowOf = async (signer: Signer, answer: Answer): Promise<{ id: string }> => {
    const [row] = await sql(
      "select id from credentials where owner_id = $1 and kind = $2 and (id = $3 or public_id = $3) and ended_at is null",
      [signer.userId, kind.id, nameOf(answer)],
    );
    return { id: String(row?.["id"]) };
  };
  const target = async (signer: Signer, answer: Answer) => ({
    ownerId: signer.userId,
    kind: kind.id,
    credential: await rowOf(signer, answer),
    reason: "a test",
  });

  it("goes up to its limit, says what to do about it, and a deletion makes room", async () => {
    const owner = await person();
    const room = await free(owner);
    const made: Answer[] = [];
    for (let count = 0; count < room; count += 1) made.push(await create(owner));
    expect(made.map(({ status }) => status)).toEqual(made.map(() => 200));
    const refused = await create(owner);
    expect(codeOf(refused)).toEqual(tooMany);
    expect(refused.text).toContain("higher limit");
    const [first] = made;
    if (!first) throw new Error("There was no room at all.");
    expect((await remove(owner, nameOf(first))).status).toBe(204);
    expect((await create(owner)).status).toBe(200);
  });

  it("that cannot be read is left out of the list, and can be deleted", async () => {
    const owner = await person();
    const [broken, sound] = [await create(owner), await create(owner)];
    await sql("update credentials set details = '{}' where id = $1", [
      (await rowOf(owner, broken)).id,
    ]);
    expect((await others(owner)).map((json) => nameOf({ json }))).toEqual([nameOf(sound)]);
    expect((await remove(owner, nameOf(broken))).status).toBe(204);
  });

  it("holds the limit when many ask at once, and fills it", async () => {
    const owner = await person();
    const room = await free(owner);
    const answers = await Promise.all(Array.from({ length: room + 6 }, () => create(owner)));
    const codes = answers.map(codeOf);
    expect(codes.filter(([status]) => status === 200)).toHaveLength(room);
    expect(codes.filter(([status]) => status !== 200)).toEqual(
      Array.from({ length: 6 }, () => tooMany),
    );
    expect(await listed(owner)).toHaveLength(kind.maxPerUser);
  });

  it("of another does not exist for a stranger, whoever that other is", async () => {
    const [owner, stranger] = [await person(), await person()];
    const made = await create(owner);
    const named = nameOf(made);
    const tries = (ownerId: string, name: string) => [
      list(stranger, ownerId),
      create(stranger, ownerId),
      remove(stranger, name, ownerId),
      ...(wire.updateDetails ? [change(stranger, name, ownerId)] : []),
    ];
    const answers = await Promise.all([...tries(owner.userId, named), ...tries(nobody, named)]);
    expect(answers.map(codeOf)).toEqual(answers.map(() => hidden));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(codeOf(await remove(stranger, named))).toEqual(hidden);
    expect(await others(owner)).toHaveLength(1);
  });

  it("of another is an administrator's to make, list, change and delete", async () => {
    const owner = await person();
    const administrator = stage.administrator;
    const made = await create(administrator, owner.userId);
    expect(made.status).toBe(200);
    expect(await others(owner)).toHaveLength(1);
    if (wire.updateDetails) {
      const changed = await change(administrator, nameOf(made), owner.userId);
      expect(changed.text).toContain("changed");
    }
    expect((await remove(administrator, nameOf(made), owner.userId)).status).toBe(204);
    expect(await others(owner)).toEqual([]);
  });

  it("is inactive while it is disabled, and once it has expired", async () => {
    const owner = await person();
    const made = await create(owner);
    const state = async () => {
      const [one] = await others(owner);
      return [one?.lifecycleState, one?.inactiveStatus];
    };
    expect((await state())[0]).toBe("ACTIVE");
    await switchCredential(host, { ...(await target(owner, made)), isEnabled: false });
    expect(await state()).toEqual(["INACTIVE", 2]);
    await switchCredential(host, { ...(await target(owner, made)), isEnabled: true });
    expect((await state())[0]).toBe("ACTIVE");
    await sql("update credentials set expires_at = now() where id = $1", [
      (await rowOf(owner, made)).id,
    ]);
    expect((await state())[0]).toBe("INACTIVE");
  });

  it("is listed with its successor while both open, or keeps its place, where it can be rotated", async () => {
    const owner = await person();
    const made = await create(owner);
    const rotation = rotateCredential(host, {
      ...(await target(owner, made)),
      overlap: "24h",
      values: successorValuesFor(kind.id),
    });
    const { successor } = kind.description;
    if (successor === undefined) {
      await expect(rotation).rejects.toMatchObject({ code: "conflict" });
      expect(await others(owner)).toHaveLength(1);
      return;
    }
    const { credential, secret } = { secret: undefined, ...(await rotation) };
    const shown = await others(owner);
    expect(shown).toHaveLength(successor === "new-id" ? 2 : 1);
    expect(shown.map((one) => nameOf({ json: one }))).toContain(
      wire.locator === "id" ? credential.id : credential.publicId,
    );
    if (secret !== undefined) expect((await list(owner)).text).not.toContain(secret);
    const [old] = await sql(
      "select id from credentials where replaced_by_id = $1 and ended_at is null",
      [credential.id],
    );
    if (successor === "same-id") {
      // The old secret is not listed: nobody who goes by OCIDs may find it.
      expect(codeOf(await change(owner, String(old?.["id"])))).toEqual(hidden);
      expect(codeOf(await remove(owner, String(old?.["id"])))).toEqual(hidden);
    }
    for (const one of shown) expect((await remove(owner, nameOf({ json: one }))).status).toBe(204);
    expect(await others(owner)).toEqual([]);
  });

  it("that was deleted is gone for every operation, and its row stays without a secret", async () => {
    const owner = await person();
    const made = await create(owner);
    const { id } = await rowOf(owner, made);
    expect((await remove(owner, nameOf(made))).status).toBe(204);
    expect(await others(owner)).toEqual([]);
    expect(codeOf(await remove(owner, nameOf(made)))).toEqual(hidden);
    if (wire.updateDetails) expect(codeOf(await change(owner, nameOf(made)))).toEqual(hidden);
    expect(
      await sql("select verifier, sealed_secret, ended_reason from credentials where id = $1", [
        id,
      ]),
    ).toEqual([{ verifier: null, sealed_secret: null, ended_reason: "deleted" }]);
  });

  it("writes for each change who did it, from where and by which key", async () => {
    const owner = await person();
    const made = await create(owner);
    const { id } = await rowOf(owner, made);
    if (wire.updateDetails) await change(owner, nameOf(made));
    await remove(owner, nameOf(made));
    const events = await sql(
      "select action, outcome, via, actor_id, owner_id, address from audit_events where subject_id = $1 order by id",
      [id],
    );
    const actions = [
      "issueCredential",
      ...(wire.updateDetails ? ["updateCredential"] : []),
      "revokeCredential",
    ];
    expect(events).toEqual(
      actions.map((action) => ({
        action,
        outcome: "done",
        via: "signature",
        actor_id: owner.userId,
        owner_id: owner.userId,
        address: "127.0.0.1",
      })),
    );
  });

  it("says its secret in the answer that makes it, and nowhere else at all", async () => {
    const owner = await person();
    const retryToken = `battery-${collection}`;
    const made = await create(owner, owner.userId, { "opc-retry-token": retryToken });
    const texts = Object.values(Object(made.json)).filter((value) => typeof value === "string");
    const secret = texts.find((text) => checkSecret(text)?.kind === kind.id);
    expect(secret !== undefined).toBe(kind.secret === "hashed" || kind.secret === "sealed");
    const hiddenText = secret ?? chosenSecret(body().create);
    if (hiddenText === undefined) return;
    const answers = [
      await list(owner),
      await list(stage.administrator, owner.userId),
      await create(owner, nobody),
      ...(wire.updateDetails ? [await change(owner, nameOf(made))] : []),
      await call(stage, owner, { method: "GET", target: `/20160918/users/${owner.userId}` }),
    ];
    for (const { text, headers } of [...answers, ...(secret === undefined ? [made] : [])]) {
      expect(text).not.toContain(hiddenText);
      expect(JSON.stringify([...headers])).not.toContain(hiddenText);
    }
    for (const row of await everyRow()) expect(row).not.toContain(hiddenText);
    for (const line of stage.logged) expect(line).not.toContain(hiddenText);
  });
});

it("the key that signed was used: when, and from where", async () => {
  const owner = await person();
  const target = `/20160918/users/${owner.userId}/apiKeys`;
  expect((await call(stage, owner, { method: "GET", target })).status).toBe(200);
  await flushLastUses();
  const rows = await sql(
    "select last_used_at is not null as used, last_used_address from credentials where owner_id = $1",
    [owner.userId],
  );
  expect(rows).toEqual([{ used: true, last_used_address: "127.0.0.1" }]);
});

/** A secret that its owner typed comes back in no answer, not even the first. */
function chosenSecret(body: object): string | undefined {
  return "password" in body ? String(body.password) : undefined;
}

/** The whole database as text, as a stolen dump would have it. */
async function everyRow(): Promise<string[]> {
  const tables = await sql(
    "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname = 'public'",
  );
  expect(tables.length).toBeGreaterThan(15);
  const rows: string[] = [];
  for (const { name } of tables)
    for (const { row } of await sql(`select t::text as row from ${String(name)} t`))
      rows.push(String(row));
  return rows;
}
