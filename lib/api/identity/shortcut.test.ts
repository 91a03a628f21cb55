import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { call, type Signer, type Stage, startStage } from "../stage.fixture";
import { identityOperations } from "./operations/all";

/** A trailing slash is the router's, the same path without it the shortcut's: nobody may see which road it was. */
let stage: Stage;
let person: Signer;
beforeAll(async () => {
  stage = await startStage();
  person = await stage.person("two-roads");
});
afterAll(() => stage.stop());

const bodiless = identityOperations.filter(({ method }) => method === "GET" || method === "DELETE");

function targetOf(path: string, userId: string): string {
  const filled = path
    .replace(":userId", userId)
    .replace(":tenancyId", stage.tenancyId)
    .replaceAll(/:\w+/g, "nobody");
  return `/20160918${filled}`;
}

describe("the shortcut and the router", () => {
  it.each(bodiless.map(({ operationId, method, path }) => [operationId, method, path] as const))(
    "answer %s alike",
    async (_operationId, method, path) => {
      for (const signer of [person, stage.administrator]) {
        const ask = async (target: string) => {
          const { status, json, headers } = await call(stage, signer, { method, target });
          const names = [...headers.keys()].toSorted();
          return { status, json, names };
        };
        const target = targetOf(path, method === "GET" ? person.userId : "nobody");
        const query = `?compartmentId=${stage.tenancyId}`;
        expect(await ask(target)).toEqual(await ask(`${target}/`));
        expect(await ask(target + query)).toEqual(await ask(`${target}/${query}`));
      }
    },
  );

  it.each(["HEAD", "PATCH", "OPTIONS"])("refuse %s alike", async (method) => {
    const target = targetOf("/users/:userId", person.userId);
    const answers = await Promise.all(
      [target, `${target}/`].map((each) => call(stage, person, { method, target: each })),
    );
    expect(answers.map(({ status }) => status)).toEqual([405, 405]);
  });
});
