import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";

import { call, sendRaw, type Stage, startStage } from "../stage.fixture";
import { identityOperations } from "./operations/all";

type Json = Record<string, unknown>;

let stage: Stage;
let document: Json;
beforeAll(async () => {
  stage = await startStage();
  const target = "/openapi.json";
  const answer = await sendRaw(stage, { method: "GET", target }, { host: "localhost" });
  document = parseObject(answer.json);
});
afterAll(() => stage.stop());

const parseObject = (value: unknown): Json => z.record(z.string(), z.unknown()).parse(value);
const at = (value: unknown, ...path: string[]): unknown =>
  path.reduce<unknown>((found, name) => Object(found)[name], value);

/** Every operation of the document with its address and method. */
function documented() {
  return Object.entries(parseObject(document["paths"])).flatMap(([path, item]) =>
    Object.entries(parseObject(item)).map(([method, operation]) => ({
      path,
      method: method.toUpperCase(),
      operation: parseObject(operation),
    })),
  );
}

describe("the OpenAPI document", () => {
  it("has every operation that is served, once", () => {
    const found = documented().map(({ path, method, operation }) =>
      [operation["operationId"], method, path].join(" "),
    );
    const served = identityOperations.map(({ operationId, method, path }) =>
      [operationId, method, path.replaceAll(/:(\w+)/g, "{$1}")].join(" "),
    );
    expect(found.toSorted()).toEqual(served.toSorted());
    expect(new Set(identityOperations.map(({ operationId }) => operationId)).size).toBe(
      served.length,
    );
    expect(served.length).toBeGreaterThanOrEqual(33);
  });

  it("is whole: versions, parameters, answers, references", () => {
    expect(document["openapi"]).toMatch(/^3\.1\./);
    expect(at(document, "info", "version")).toBe("20160918");
    expect(at(document, "components", "securitySchemes", "signature", "type")).toBe("http");
    for (const { path, operation } of documented()) {
      const parameters = z
        .array(z.object({ name: z.string(), in: z.string(), schema: z.looseObject({}) }))
        .parse(operation["parameters"]);
      const inPath = parameters.filter((parameter) => parameter.in === "path");
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(inPath.map(({ name }) => name)).toEqual(named);
      const statuses = Object.keys(parseObject(operation["responses"]));
      expect([
        ["200", "default"],
        ["204", "default"],
      ]).toContainEqual(statuses.toSorted());
    }
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(20);
    for (const [, path = ""] of references)
      expect(at(document, ...path.split("/")), path).toBeDefined();
    expect(JSON.stringify(document)).not.toContain("$defs");
  });

  it("describes what the running API answers", async () => {
    const { userId, fingerprint } = await stage.person("documented");
    const groups = await ask("GET", `/groups?compartmentId=${stage.tenancyId}`);
    const groupId = Object(at(groups, "0"))["id"];
    const membership = await ask("POST", "/userGroupMemberships", { userId, groupId });
    const targets = [
      ["ListUsers", "GET", `/users?compartmentId=${stage.tenancyId}`],
      ["GetUser", "GET", `/users/${userId}`],
      ["ListApiKeys", "GET", `/users/${userId}/apiKeys`],
      ["CreateAuthToken", "POST", `/users/${userId}/authTokens`, { description: "d" }],
      ["CreateSwiftPassword", "POST", `/users/${userId}/swiftPasswords`, { description: "d" }],
      ["ListAuthTokens", "GET", `/users/${userId}/authTokens`],
      ["ListSwiftPasswords", "GET", `/users/${userId}/swiftPasswords`],
      ["CreateOrResetUIPassword", "POST", `/users/${userId}/uiPassword`],
      ["GetUserUIPasswordInformation", "GET", `/users/${userId}/uiPassword`],
      ["GetGroup", "GET", `/groups/${groupId}`],
      ["GetUserGroupMembership", "GET", `/userGroupMemberships/${Object(membership)["id"]}`],
      ["GetAuthenticationPolicy", "GET", `/authenticationPolicies/${stage.tenancyId}`],
      ["ListPolicies", "GET", `/policies?compartmentId=${stage.tenancyId}`],
      ["GetCompartment", "GET", `/compartments/${stage.tenancyId}`],
      ["ListCompartments", "GET", `/compartments?compartmentId=${stage.tenancyId}`],
      ["GetTenancy", "GET", `/tenancies/${stage.tenancyId}`],
      ["ListRegions", "GET", "/regions"],
      ["ListRegionSubscriptions", "GET", `/tenancies/${stage.tenancyId}/regionSubscriptions`],
      ["ListAvailabilityDomains", "GET", `/availabilityDomains?compartmentId=${stage.tenancyId}`],
    ] as const;
    for (const [operationId, method, target, body] of targets)
      expect(problemsOf(operationId, await ask(method, target, body)), operationId).toBe("");
    expect(fingerprint).toMatch(/^[0-9a-f:]{47}$/);
  });

  it("would notice a member of another type", () => {
    expect(problemsOf("GetUser", { id: 7 })).not.toBe("");
  });
});

async function ask(method: string, target: string, body?: unknown): Promise<unknown> {
  const answer = await call(stage, stage.administrator, {
    method,
    target: `/20160918${target}`,
    body: body === undefined ? "" : JSON.stringify(body),
  });
  expect([target, answer.status]).toEqual([target, 200]);
  return answer.json;
}

/** What the document finds wrong with an answer, its references resolved. */
function problemsOf(operationId: string, answer: unknown): string {
  const found = documented().find(({ operation }) => operation["operationId"] === operationId);
  const content = at(found?.operation, "responses", "200", "content", "application/json");
  const schema = z.fromJSONSchema(parseObject(resolved(at(content, "schema"))));
  return schema.safeParse(answer).error?.message ?? "";
}

function resolved(schema: unknown): unknown {
  const reference = at(schema, "$ref");
  if (typeof reference === "string") return at(document, ...reference.replace("#/", "").split("/"));
  return at(schema, "type") === "array"
    ? { type: "array", items: resolved(at(schema, "items")) }
    : schema;
}
