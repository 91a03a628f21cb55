import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

import { reportColumns } from "@/lib/domain/reports/credential-report";

import { call, sdkClient, type Stage, startSdkStage } from "../stage.fixture";
import { type Client, hidden, invalid, makersOf, missing, nowhere } from "./families.fixture";

/**
 * identity-api.md 3 for users with capabilities, groups, memberships, policies, the authentication policy, compartments,
 * tenancy and regions, line by line by the unmodified SDK: here what their lists take, and what they refuse.
 */
let stage: Stage;
let admin: Client;
let compartmentId: string;
let stranger: Client;

beforeAll(async () => {
  stage = await startSdkStage();
  compartmentId = stage.tenancyId;
  admin = sdkClient(stage, stage.administrator);
  stranger = sdkClient(stage, await stage.person("families.stranger"));
});
afterAll(() => stage.stop());

const { newName, createUser, createGroup, createPolicy } = makersOf(() => ({
  admin,
  compartmentId,
}));

interface Asked {
  compartmentId: string;
  name?: string;
  limit?: number;
  page?: string;
  sortBy?: never;
  sortOrder?: never;
  lifecycleState?: never;
}
interface Listed {
  items: { id?: string; name?: string; timeCreated?: Date }[];
  opcNextPage: string;
  opcRequestId: string;
}

/** What the SDK's types do not let through, and its client sends all the same. */
const odd = (given: object): Asked => Object.assign({ compartmentId }, given);

describe.each([
  {
    family: "users",
    list: (client: Client, asked: Asked): Promise<Listed> => client.listUsers(asked),
    make: async (name: string) => (await createUser({ name })).user.id,
  },
  {
    family: "groups",
    list: (client: Client, asked: Asked): Promise<Listed> => client.listGroups(asked),
    make: async (name: string) => (await createGroup({ name })).group.id,
  },
  {
    family: "policies",
    list: (client: Client, asked: Asked): Promise<Listed> => client.listPolicies(asked),
    make: async (name: string) => (await createPolicy({ name })).policy.id,
  },
])("the list of $family", ({ list, make }) => {
  const names = ["b", "a", "c"].map(() => "");
  beforeAll(async () => {
    const stem = newName();
    for (const [index, letter] of ["b", "a", "c"].entries()) {
      names[index] = `${stem}-${letter}`;
      await make(names[index]);
    }
  });
  const ours = ({ items }: Listed) =>
    items.map(({ name }) => name).filter((name) => names.includes(name ?? ""));

  it("comes by pages that an absent header alone ends, sorted as asked", async () => {
    const [first, second, third] = names;
    const orders = [
      [{}, [first, second, third]],
      [{ sortBy: "TIMECREATED" }, [third, second, first]],
      [{ sortBy: "TIMECREATED", sortOrder: "ASC" }, [first, second, third]],
      [{ sortBy: "NAME" }, [second, first, third]],
      [{ sortBy: "NAME", sortOrder: "DESC" }, [third, first, second]],
    ] as const;
    for (const [sort, expected] of orders) {
      const whole = await list(admin, odd(sort));
      expect(whole.opcNextPage).toBeUndefined();
      expect(whole).not.toHaveProperty("etag");
      expect(ours(whole)).toEqual(expected);
      const found: (string | undefined)[] = [];
      let page: string | undefined;
      do {
        const answer = await list(admin, odd({ ...sort, limit: 1, ...(page ? { page } : {}) }));
        found.push(...answer.items.map(({ name }) => name));
        page = answer.opcNextPage;
        expect(page?.length ?? 1).toBeLessThanOrEqual(512);
      } while (page);
      expect(found).toEqual(whole.items.map(({ name }) => name));
    }
  });

  it("finds a name as it is spelt, and whoever is in a state, whatever its case", async () => {
    const [name = ""] = names;
    expect(ours(await list(admin, odd({ name })))).toEqual([name]);
    expect((await list(admin, odd({ name: name.toUpperCase() }))).items).toEqual([]);
    expect((await list(admin, odd({ name: name.slice(0, -1) }))).items).toEqual([]);
    expect(ours(await list(admin, odd({ lifecycleState: "active" })))).toEqual(names);
    for (const lifecycleState of ["CREATING", "inactive", "DELETING", "DELETED"])
      expect(ours(await list(admin, odd({ lifecycleState })))).toEqual([]);
  });

  it("refuses what it cannot understand, and strangers", async () => {
    const [, name] = names;
    const { opcNextPage: page } = await list(admin, odd({ limit: 1 }));
    const refused = [
      [{ compartmentId: undefined }, missing],
      [{ compartmentId: nowhere }, hidden],
      [{ compartmentId: "x".repeat(256) }, invalid],
      [{ limit: 0 }, invalid],
      [{ limit: 1001 }, invalid],
      [{ limit: "1.5" }, invalid],
      [{ name: "x".repeat(256) }, invalid],
      [{ sortBy: "AGE" }, invalid],
      [{ sortOrder: "UP" }, invalid],
      [{ lifecycleState: "GONE" }, invalid],
      [{ page: "nonsense" }, invalid],
      // A page belongs to its list, its filter, its sort and its caller.
      [{ page, name }, invalid],
      [{ page, sortBy: "NAME" }, invalid],
    ] as const;
    for (const [given, expected] of refused)
      await expect(list(admin, odd(given)), JSON.stringify(given)).rejects.toEqual(expected);
    await expect(list(stranger, odd({}))).rejects.toEqual(hidden);
    await expect(list(stranger, odd({ page }))).rejects.toEqual(hidden);
  });
});

describe("the list of users", () => {
  it("knows nobody of an identity provider, page by page or whole", async () => {
    for (const asked of [{ identityProviderId: nowhere }, { externalIdentifier: "x" }]) {
      const answer = await admin.listUsers({ compartmentId, limit: 1, ...asked });
      expect(answer.items).toEqual([]);
      expect(answer.opcNextPage).toBeUndefined();
    }
  });

  it("tells who is blocked", async () => {
    const { user } = await createUser();
    await stage.runtime.pool.query("update users set blocked_at = now() where id = $1", [user.id]);
    const { items } = await admin.listUsers({ compartmentId, lifecycleState: "INACTIVE" as never });
    expect(items).toMatchObject([{ id: user.id, lifecycleState: "INACTIVE", inactiveStatus: 4 }]);
    const { user: after } = await admin.updateUserState({
      userId: user.id,
      updateStateDetails: { blocked: false },
    });
    expect(after.lifecycleState).toBe("ACTIVE");
    expect(after.inactiveStatus ?? null).toBeNull();
  });
});

const reportedRows = z.array(z.record(z.string(), z.unknown()));
const holding = ({ userId, kind, credentialId }: Record<string, unknown>) =>
  [userId, kind, credentialId].join();

describe("the credential report", () => {
  const ask = (query = "") =>
    call(stage, stage.administrator, {
      method: "GET",
      target: `/20160918/credentialReport${query}`,
    });

  it("comes user by user, page by page, with every column in every row", async () => {
    const { user: empty } = await createUser({ name: newName() });
    const holder = await stage.person("report.holder");
    const rows: z.infer<typeof reportedRows> = [];
    let page: string | undefined;
    do {
      const answer = await ask(`?limit=2${page ? `&page=${page}` : ""}`);
      expect(answer.status).toBe(200);
      rows.push(...reportedRows.parse(answer.json));
      page = answer.headers.get("opc-next-page");
    } while (page !== undefined);
    const whole = reportedRows.parse((await ask()).json);
    expect(whole.map(holding)).toEqual(rows.map(holding));
    for (const row of rows) expect(Object.keys(row).toSorted()).toEqual(reportColumns.toSorted());
    const ofUser = (id: string) => rows.filter(({ userId }) => userId === id);
    const { userId, name, credentialId, fingerprint } = holder;
    expect(ofUser(userId)).toEqual([
      {
        user: name,
        userId,
        userKind: "local",
        userState: "active",
        userSecondFactor: false,
        kind: "api_key",
        credentialId,
        publicId: fingerprint,
        name: expect.stringContaining("key"),
        state: "active",
        createdAt: expect.stringMatching(/Z$/),
        createdBy: stage.administrator.name,
        secretMadeAt: expect.stringMatching(/Z$/),
        ageDays: 0,
        lastUsedAt: null,
        lastUsedAddress: null,
        lastUsedClient: null,
        expiresAt: null,
        verdicts: ["never-used"],
      },
    ]);
    expect(ofUser(empty.id)).toMatchObject([{ user: empty.name, kind: null, verdicts: [] }]);
  });

  it("is not there for strangers, and refuses what it cannot understand", async () => {
    const asStranger = { method: "GET", target: "/20160918/credentialReport" };
    const answer = await call(stage, await stage.person("report.stranger"), asStranger);
    expect(answer).toMatchObject({ status: 404, json: { code: "NotAuthorizedOrNotFound" } });
    for (const query of ["?limit=0", "?limit=1001", "?limit=x", "?page=nonsense"])
      expect(await ask(query)).toMatchObject({ status: 400, json: { code: "InvalidParameter" } });
  });
});
