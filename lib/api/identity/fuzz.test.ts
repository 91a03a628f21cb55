import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { canary, hostileJson, hostileText, mangled, runsOf } from "@/lib/testing/hostile";

import { call, type Signer, type Stage, startStage } from "../stage.fixture";
import { openApiDocument } from "./openapi";
import type { Operation } from "./operation";
import { identityOperations } from "./operations/all";
import { allWireNames, methodNotAllowed, noSuchOperation, whileParsing } from "./problem";

/** G9: whatever a signed request says, its answer is soon and documented, and a refusal repeats nothing secret. */
let stage: Stage;
let signer: Signer;
beforeAll(async () => {
  stage = await startStage();
  signer = stage.administrator;
});
afterAll(() => stage?.stop());

interface Schema {
  readonly properties?: Record<string, unknown>;
}
const { components } = openApiDocument() as { components: { schemas: Record<string, Schema> } };

/** The members that an operation reads, and some that it does not. */
function bodies({ details }: Operation): fc.Arbitrary<string> {
  const members = Object.keys(components.schemas[details?.name ?? ""]?.properties ?? {});
  const value = fc.oneof(
    hostileJson,
    fc.constantFrom("{user}", "{tenancy}", "a name", true, ["{user}"], {
      audience: "a",
      scope: "b",
    }),
  );
  const known = fc.dictionary(fc.constantFrom(...members), value, { maxKeys: members.length });
  const object = fc
    .tuple(
      known,
      fc.oneof(fc.constant({}), fc.dictionary(hostileText, hostileJson, { maxKeys: 2 })),
    )
    .map((parts) => JSON.stringify(Object.assign({}, ...parts)));
  return fc.oneof(
    { weight: 6, arbitrary: object },
    { weight: 2, arbitrary: mangled(object) },
    hostileJson.map((whole) => JSON.stringify(whole)),
    hostileText,
  );
}

const codes = new Set<unknown>(
  [
    ...Object.values(allWireNames),
    ...Object.values(whileParsing),
    methodNotAllowed,
    noSuchOperation,
  ].map(({ code }) => code),
);
const seen = new Set<number>();

async function send(operation: Operation, path: string, body: string | undefined) {
  const target = `/20160918${path}`;
  const { method } = operation;
  return call(stage, signer, {
    method,
    target,
    ...(body === undefined
      ? {}
      : {
          body: Buffer.from(
            body.replaceAll("{user}", signer.userId).replaceAll("{tenancy}", stage.tenancyId),
          ).toString(),
        }),
  });
}

function expectDocumented({ status, text, json }: Awaited<ReturnType<typeof send>>): void {
  seen.add(status);
  expect(status).toBeGreaterThanOrEqual(200);
  expect(status).toBeLessThan(500);
  if (status < 300) return;
  expect(Object.keys(Object(json))).toEqual(["code", "message"]);
  expect(codes).toContain(Object(json).code);
  expect(text).not.toContain(canary);
}

/** The signer, whom the fuzz must leave as they are, is named by their own path alone. */
const ownPath = ({ path }: Operation) =>
  path
    .replace(":userId", signer.userId)
    .replace(":tenancyId", stage.tenancyId)
    .replaceAll(/:\w+/g, "ocid1.nothing.local..here");

/** What would take the signer's own key or rights away in the middle of it all. */
const endsTheSigner = new Set(["UpdateUserCapabilities", "DeleteUser"]);

describe("JSON bodies", () => {
  const numRuns = runsOf(80, 5_000);
  const reading = identityOperations.filter(({ details }) => details !== undefined);

  it.each(reading.map((operation) => [operation.operationId, operation] as const))(
    "%s",
    async (name, operation) => {
      const path = endsTheSigner.has(name)
        ? operation.path.replace(":userId", (await stage.person(`fuzz-${name}`)).userId)
        : ownPath(operation);
      await fc.assert(
        fc.asyncProperty(bodies(operation), async (body) =>
          expectDocumented(await send(operation, path, body)),
        ),
        { seed: 20_160_918, numRuns },
      );
    },
  );
});

describe("paths and queries", () => {
  const numRuns = runsOf(25, 2_000);
  const all = identityOperations.filter(({ path, query }) => path.includes(":") || query);

  it.each(all.map((operation) => [operation.operationId, operation] as const))(
    "%s",
    async (_name, operation) => {
      const names = [...Object.keys(operation.query?.shape ?? {}), "page", "limit", "sortBy"];
      const escaped = hostileText.map((text) => encodeURIComponent(Buffer.from(text).toString()));
      const query = fc
        .array(fc.tuple(fc.constantFrom(...names), escaped), { maxLength: 3 })
        .map((pairs) => pairs.map((pair) => pair.join("=")).join("&"));
      const segments = fc.array(escaped, { minLength: 3, maxLength: 3 });
      await fc.assert(
        fc.asyncProperty(segments, query, async (given, asked) => {
          const left = [...given];
          const path = operation.path.replaceAll(/:\w+/g, () => left.pop() ?? "");
          const body = operation.details ? "{}" : undefined;
          expectDocumented(await send(operation, `${path}?${asked}`, body));
        }),
        { seed: 20_160_918, numRuns },
      );
    },
  );

  it("and bodies were now and then right, and have left the signer as they were", async () => {
    expect([...seen]).toEqual(expect.arrayContaining([200, 400, 404]));
    const { status } = await call(stage, signer, {
      method: "GET",
      target: `/20160918/users/${signer.userId}`,
    });
    expect(status).toBe(200);
  });
});
