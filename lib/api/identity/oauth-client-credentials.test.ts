import { afterAll, beforeAll, expect, it } from "vitest";

import { sdkClient, type Signer, type Stage, startSdkStage, problem } from "../stage.fixture";

let stage: Stage;
let admin: ReturnType<typeof sdkClient>;
let person: Signer;
let own: ReturnType<typeof sdkClient>;

beforeAll(async () => {
  stage = await startSdkStage();
  admin = sdkClient(stage, stage.administrator);
  person = await stage.person("oauth.person@example.com");
  own = sdkClient(stage, person);
});
afterAll(() => stage.stop());

const scopes = [{ audience: "https://analytics.example.com", scope: "read" }];

it("a client credential is the client's own id, keeps its name, and shows the secret once", async () => {
  const { userId } = person;
  const { oAuth2ClientCredential: made, etag } = await admin.createOAuthClientCredential({
    userId,
    createOAuth2ClientCredentialDetails: { name: "report", description: "nightly", scopes },
  });
  expect(made).toMatchObject({
    userId,
    compartmentId: stage.tenancyId,
    name: "report",
    description: "nightly",
    scopes,
    lifecycleState: "ACTIVE",
  });
  expect(made.id).toMatch(/^ocid1\.credential\./);
  expect(made.password).toMatch(/^lkoc_/);
  const { items } = await own.listOAuthClientCredentials({ userId });
  expect(items).toMatchObject([{ id: made.id, name: "report", scopes }]);
  expect(JSON.stringify(items)).not.toContain(made.password);
  const oauth2ClientCredentialId = made.id ?? "";
  const change = { description: "nightly, later", scopes };
  const changed = await own.updateOAuthClientCredential({
    userId,
    oauth2ClientCredentialId,
    updateOAuth2ClientCredentialDetails: change,
    ifMatch: etag,
  });
  expect(changed.oAuth2ClientCredential).toMatchObject({ name: "report", ...change });
  expect(changed.oAuth2ClientCredential).not.toHaveProperty("password");

  const twice = [...scopes, { audience: "https://analytics.example.com", scope: "write" }];
  const reset = { description: "nightly, anew", scopes: twice, isResetPassword: true };
  const ask = (ifMatch: string | undefined, as = admin) =>
    as.updateOAuthClientCredential({
      userId,
      oauth2ClientCredentialId,
      updateOAuth2ClientCredentialDetails: reset,
      ...(ifMatch === undefined ? {} : { ifMatch }),
    });
  await expect(ask(etag)).rejects.toEqual(problem(412, "NoEtagMatch"));
  await expect(ask(changed.etag, own)).rejects.toEqual(problem(400, "InvalidParameter"));
  const renewed = await ask(changed.etag);
  expect(renewed.oAuth2ClientCredential).toMatchObject({
    id: made.id,
    name: "report",
    description: "nightly, anew",
    scopes: twice,
    password: expect.stringMatching(/^lkoc_/),
  });
  expect(renewed.oAuth2ClientCredential.password).not.toBe(made.password);
  expect(renewed.etag).not.toBe(changed.etag);
  expect((await own.listOAuthClientCredentials({ userId })).items).toHaveLength(1);
  const events = await stage.runtime.pool.query(
    "select details from audit_events where subject_id = $1 and action = 'rotateCredential' and outcome = 'done'",
    [made.id],
  );
  expect(events.rows).toMatchObject([{ details: { changed: ["description", "scopes"] } }]);

  await own.deleteOAuthClientCredential({ userId, oauth2ClientCredentialId });
  expect((await own.listOAuthClientCredentials({ userId })).items).toEqual([]);
});

it("a client credential has only scopes that were granted, and no more than ten", async () => {
  const { userId } = person;
  const create = (of: typeof scopes) =>
    own.createOAuthClientCredential({
      userId,
      createOAuth2ClientCredentialDetails: { name: "n", description: "", scopes: of },
    });
  await expect(create(scopes)).rejects.toEqual(problem(400, "InvalidParameter"));
  const eleven = Array.from({ length: 11 }, (_, index) => ({
    audience: "https://analytics.example.com",
    scope: `s${index}`,
  }));
  await expect(create(eleven)).rejects.toEqual(problem(400, "InvalidParameter"));
});
