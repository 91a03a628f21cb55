import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { sdkClient, type Signer, type Stage, startSdkStage, problem } from "../stage.fixture";

let stage: Stage;
let person: Signer;
let own: ReturnType<typeof sdkClient>;

beforeAll(async () => {
  stage = await startSdkStage();
  person = await stage.person("database.person@example.com");
  own = sdkClient(stage, person);
});
afterAll(() => stage.stop());

describe("database credentials", () => {
  const password = "Ebbe-und-Flut-26";

  it("are chosen by the caller, judged by the rules and never said again", async () => {
    const { userId } = person;
    const create = (description: string, chosen = password) =>
      own.createDbCredential({
        userId,
        createDbCredentialDetails: { description, password: chosen },
      });
    const { dbCredential: made, etag } = await create("sales");
    expect(etag).toBe("v1");
    expect(made).toMatchObject({ userId, lifecycleState: "ACTIVE" });
    expect(made).not.toHaveProperty("description");
    await expect(create("weak", "short")).rejects.toEqual(problem(400, "InvalidParameter"));
    const { dbCredential: second } = await create("reports");
    await expect(create("third")).rejects.toEqual(problem(400, "LimitExceeded"));
    const { items } = await own.listDbCredentials({ userId });
    expect(items).toEqual([
      expect.objectContaining({ id: made.id, description: "sales" }),
      expect.objectContaining({ id: second.id, description: "reports" }),
    ]);
    expect(JSON.stringify([made, second, items])).not.toContain(password);
    for (const { id } of items) await own.deleteDbCredential({ userId, dbCredentialId: id ?? "" });
    expect((await own.listDbCredentials({ userId })).items).toEqual([]);
  });

  it("are listed by pages, sorted and filtered, and deleted under their version", async () => {
    const { userId } = person;
    const ids = [];
    for (const description of ["b reports", "a sales"]) {
      const details = { description, password };
      const made = await own.createDbCredential({ userId, createDbCredentialDetails: details });
      ids.push(made.dbCredential.id ?? "");
    }
    const list = (asked: Record<string, unknown> = {}) =>
      own.listDbCredentials({ userId, ...asked });
    const described = (answer: Awaited<ReturnType<typeof list>>) =>
      answer.items.map(({ description }) => description);
    const first = await list({ limit: 1, sortBy: "NAME" });
    expect(described(first)).toEqual(["a sales"]);
    const { opcNextPage: page } = first;
    const last = await list({ limit: 1, sortBy: "NAME", page });
    expect(described(last)).toEqual(["b reports"]);
    expect(last.opcNextPage).toBeFalsy();
    expect(described(await list({ sortBy: "TIMECREATED" }))).toEqual(["a sales", "b reports"]);
    expect(described(await list({ name: "b reports" }))).toEqual(["b reports"]);
    expect((await list({ lifecycleState: "DELETED" })).items).toEqual([]);
    await expect(list({ page })).rejects.toEqual(problem(400, "InvalidParameter"));
    await expect(list({ limit: 0 })).rejects.toEqual(problem(400, "InvalidParameter"));
    const [dbCredentialId = "", other = ""] = ids;
    await expect(own.deleteDbCredential({ userId, dbCredentialId, ifMatch: "v9" })).rejects.toEqual(
      problem(412, "NoEtagMatch"),
    );
    await own.deleteDbCredential({ userId, dbCredentialId, ifMatch: "v1" });
    await own.deleteDbCredential({ userId, dbCredentialId: other });
  });
});
