import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { sdkClient, type Signer, type Stage, startSdkStage, problem } from "../stage.fixture";

/** By the unmodified SDK. */
let stage: Stage;
let admin: ReturnType<typeof sdkClient>;
let person: Signer;
let own: ReturnType<typeof sdkClient>;
let compartmentId: string;

beforeAll(async () => {
  stage = await startSdkStage();
  compartmentId = stage.tenancyId;
  admin = sdkClient(stage, stage.administrator);
  person = await stage.person("policy.person@example.com");
  own = sdkClient(stage, person);
});
afterAll(() => stage.stop());

describe("the authentication policy", () => {
  const change = (updateAuthenticationPolicyDetails: object, ifMatch?: string) =>
    admin.updateAuthenticationPolicy({
      compartmentId,
      updateAuthenticationPolicyDetails,
      ...(ifMatch !== undefined && { ifMatch }),
    });

  it("is read and changed, and holds for the next password that is made", async () => {
    const { authenticationPolicy, etag } = await admin.getAuthenticationPolicy({ compartmentId });
    expect(authenticationPolicy).toEqual({
      compartmentId,
      passwordPolicy: {
        minimumPasswordLength: 12,
        isUppercaseCharactersRequired: true,
        isLowercaseCharactersRequired: true,
        isNumericCharactersRequired: true,
        isSpecialCharactersRequired: true,
        isUsernameContainmentAllowed: false,
      },
      networkPolicy: { networkSourceIds: [] },
    });
    const changed = await change({ passwordPolicy: { minimumPasswordLength: 30 } }, etag);
    expect(changed.authenticationPolicy.passwordPolicy).toEqual({
      ...authenticationPolicy.passwordPolicy,
      minimumPasswordLength: 30,
    });
    const reset = await admin.createOrResetUIPassword({ userId: person.userId });
    expect(reset.uIPassword.password).toMatch(/^.{30,}$/);
    await expect(change({ passwordPolicy: {} }, etag)).rejects.toEqual(problem(412, "NoEtagMatch"));
    const back = await change({ passwordPolicy: { minimumPasswordLength: 12 } }, changed.etag);
    expect(back.authenticationPolicy).toEqual(authenticationPolicy);
  });

  it("refuses what is out of bounds, a network source, a stranger and another compartment", async () => {
    for (const minimumPasswordLength of [7, 101])
      await expect(change({ passwordPolicy: { minimumPasswordLength } })).rejects.toEqual(
        problem(400, "InvalidParameter"),
      );
    await expect(
      change({ networkPolicy: { networkSourceIds: ["ocid1.networksource.local..a"] } }),
    ).rejects.toEqual(problem(400, "InvalidParameter"));
    const refused = problem(404, "NotAuthorizedOrNotFound");
    await expect(own.getAuthenticationPolicy({ compartmentId })).rejects.toEqual(refused);
    await expect(
      own.updateAuthenticationPolicy({ compartmentId, updateAuthenticationPolicyDetails: {} }),
    ).rejects.toEqual(refused);
    await expect(
      admin.getAuthenticationPolicy({ compartmentId: "ocid1.compartment.local..a" }),
    ).rejects.toEqual(refused);
  });
});
