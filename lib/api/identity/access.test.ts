import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { type Answer, call, type Signer, type Stage, startStage } from "../stage.fixture";

/** Lists refused, strangers and users in every state. */
let stage: Stage;
let person: Signer;
beforeAll(async () => {
  stage = await startStage();
});
afterAll(() => stage.stop());

let count = 0;
beforeEach(async () => {
  count += 1;
  person = await stage.person(`raw-${count}`);
});

const base = "/20160918";
const own = (rest = "") => `${base}/users/${person.userId}${rest}`;
const get = (target: string) => call(stage, person, { method: "GET", target });
const notAuthenticated = {
  code: "NotAuthenticated",
  message: "The required information to complete authentication was not provided or was incorrect.",
};
const notFound = {
  code: "NotAuthorizedOrNotFound",
  message: "Authorization failed or requested resource not found.",
};
const codeOf = ({ status, json }: Answer) => [status, Object(json).code];

describe("lists", () => {
  const asAdmin = (target: string) =>
    call(stage, stage.administrator, { method: "GET", target: base + target });
  const inTenancy = (rest: string) => `/users?compartmentId=${stage.tenancyId}${rest}`;

  it.each([
    ["no compartment", () => "/users", [400, "MissingParameter"]],
    [
      "another compartment",
      () => "/groups?compartmentId=ocid1.x",
      [404, "NotAuthorizedOrNotFound"],
    ],
    ["limit 0", () => inTenancy("&limit=0"), [400, "InvalidParameter"]],
    ["limit 1001", () => inTenancy("&limit=1001"), [400, "InvalidParameter"]],
    ["limit empty", () => inTenancy("&limit="), [400, "InvalidParameter"]],
    ["limit twice", () => inTenancy("&limit=1&limit=2"), [400, "InvalidParameter"]],
    ["a page of nobody", () => inTenancy("&page=abc"), [400, "InvalidParameter"]],
    ["a sort nobody knows", () => inTenancy("&sortBy=AGE"), [400, "InvalidParameter"]],
    ["a state nobody knows", () => inTenancy("&lifecycleState=GONE"), [400, "InvalidParameter"]],
    [
      "neither user nor group",
      () => inTenancy("").replace("users", "userGroupMemberships"),
      [400, "InvalidParameter"],
    ],
  ])("refuse %s", async (_name, target, expected) => {
    expect(codeOf(await asAdmin(target()))).toEqual(expected);
  });

  it("without pages never name a next one", async () => {
    const answer = await get(own("/apiKeys?limit=1"));
    expect(answer.headers.has("opc-next-page")).toBe(false);
    expect(answer.headers.get("cache-control")).toBe("no-store");
  });
});

describe("strangers", () => {
  it("get one body for what is not theirs and what is not there", async () => {
    const other = await stage.person(`other-${count}`);
    const paths = (id: string) => [
      ["GET", `/users/${id}`],
      ["GET", `/users/${id}/apiKeys`],
      ["GET", `/users/${id}/authTokens`],
      ["POST", `/users/${id}/authTokens`],
      ["PUT", `/users/${id}/authTokens/ocid1.credential.x`],
      ["DELETE", `/users/${id}/swiftPasswords/ocid1.credential.x`],
      ["DELETE", `/users/${id}/apiKeys/${other.fingerprint}`],
      ["POST", `/users/${id}/uiPassword`],
      ["GET", `/users/${id}/uiPassword`],
      ["PUT", `/users/${id}/capabilities`],
      ["DELETE", `/users/${id}`],
    ];
    for (const id of [other.userId, "ocid1.user.local..nobody"]) {
      for (const [method = "", path] of paths(id)) {
        const hasBody = method === "POST" || method === "PUT";
        const body = hasBody ? JSON.stringify({ description: "x" }) : "";
        const answer = await call(stage, person, { method, target: base + path, body });
        expect([method, path, answer.status, answer.json]).toEqual([method, path, 404, notFound]);
      }
    }
    expect(
      (await call(stage, other, { method: "GET", target: `${base}/users/${other.userId}` })).status,
    ).toBe(200);
  });
});

describe("a user's state", () => {
  const change = (statement: string) =>
    stage.runtime.pool.query(`update users set ${statement} where id = $1`, [person.userId]);

  it("blocked: their keys go on working", async () => {
    await change("blocked_at = now()");
    expect((await get(own())).json).toMatchObject({
      lifecycleState: "INACTIVE",
      inactiveStatus: 4,
    });
  });

  it("with a key whose stored details cannot be read: it opens nothing, and its owner reads why", async () => {
    expect((await get(own())).status).toBe(200);
    const { pool } = stage.runtime;
    await pool.query("update credentials set details = '{}' where id = $1", [person.credentialId]);
    const answer = await get(own());
    expect([answer.status, answer.json]).toEqual([401, notAuthenticated]);
    await expect
      .poll(
        async () =>
          (
            await pool.query(
              "select reason from audit_events where owner_id = $1 and reason is not null",
              [person.userId],
            )
          ).rows,
      )
      .toEqual([{ reason: "key_unreadable" }]);
  });

  it("suspended: they do not", async () => {
    await change("state = 'suspended'");
    expect((await get(own())).json).toEqual(notAuthenticated);
  });

  it("must change the password: signed requests go on", async () => {
    const target = `${own("/uiPassword")}`;
    expect((await call(stage, stage.administrator, { method: "POST", target })).status).toBe(200);
    expect((await get(own())).status).toBe(200);
  });
});
