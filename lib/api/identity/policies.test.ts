import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { sdkClient, type Stage, startSdkStage, problem } from "../stage.fixture";

/** Policies and compartments by the unmodified SDK. */
let stage: Stage;
let admin: ReturnType<typeof sdkClient>;
let own: ReturnType<typeof sdkClient>;
let compartmentId: string;

beforeAll(async () => {
  stage = await startSdkStage();
  compartmentId = stage.tenancyId;
  admin = sdkClient(stage, stage.administrator);
  own = sdkClient(stage, await stage.person("sdk.person@example.com"));
});
afterAll(() => stage.stop());

describe("policies", () => {
  const desk = "Allow group HelpDesk to manage users in tenancy";
  const details = { name: "Desk", description: "What the help desk may do", statements: [desk] };

  it("are created, listed, changed and deleted", async () => {
    const { policy, etag } = await admin.createPolicy({
      createPolicyDetails: {
        compartmentId,
        ...details,
        statements: [`  ${desk} `],
        versionDate: new Date("2026-01-31T00:00:00Z"),
        freeformTags: { team: "desk" },
      },
    });
    expect(policy).toMatchObject({
      ...details,
      compartmentId,
      lifecycleState: "ACTIVE",
      versionDate: "2026-01-31",
      freeformTags: { team: "desk" },
    });
    const policyId = policy.id;
    expect(await admin.getPolicy({ policyId })).toMatchObject({ etag, policy });
    const changed = await admin.updatePolicy({
      policyId,
      updatePolicyDetails: { statements: [desk, "allow any-user to inspect groups in tenancy"] },
      ifMatch: etag,
    });
    expect(changed.policy).toMatchObject({ description: details.description });
    expect(changed.policy.statements).toHaveLength(2);
    expect(changed.etag).not.toBe(etag);
    expect((await own.listGroups({ compartmentId })).items).not.toEqual([]);
    await expect(
      admin.updatePolicy({ policyId, updatePolicyDetails: { description: "x" }, ifMatch: etag }),
    ).rejects.toEqual(problem(412, "NoEtagMatch"));
    const current = await admin.updatePolicy({
      policyId,
      updatePolicyDetails: { versionDate: "" as never },
    });
    expect(current.policy.versionDate).toBeNull();
    expect((await admin.listPolicies({ compartmentId, name: "Desk" })).items).toEqual([
      current.policy,
    ]);
    await admin.deletePolicy({ policyId, ifMatch: current.etag });
    await expect(admin.getPolicy({ policyId })).rejects.toEqual(
      problem(404, "NotAuthorizedOrNotFound"),
    );
    await expect(own.listGroups({ compartmentId })).rejects.toEqual(
      problem(404, "NotAuthorizedOrNotFound"),
    );
  });

  it("are listed by pages and sorted, the first ones among them", async () => {
    const made: string[] = [];
    for (const name of ["page-c", "Page-a", "page-b"]) {
      const createPolicyDetails = { compartmentId, ...details, name };
      made.push((await admin.createPolicy({ createPolicyDetails })).policy.id);
    }
    const names: string[] = [];
    let page: string | undefined;
    do {
      const answer = await admin.listPolicies({
        compartmentId,
        limit: 2,
        sortBy: "NAME" as never,
        sortOrder: "ASC" as never,
        ...(page ? { page } : {}),
      });
      names.push(...answer.items.map(({ name }) => name));
      page = answer.opcNextPage;
    } while (page);
    expect(names).toEqual(["Page-a", "page-b", "page-c", "Tenant Admin Policy", "Use of services"]);
    const state = "INACTIVE" as never;
    expect((await admin.listPolicies({ compartmentId, lifecycleState: state })).items).toEqual([]);
    for (const policyId of made) await admin.deletePolicy({ policyId });
  });

  it("have unique names, statements that can be read, and one that stays", async () => {
    const createPolicyDetails = { compartmentId, ...details, name: "twin" };
    const retry = { createPolicyDetails, opcRetryToken: "policy-once" };
    const { policy } = await admin.createPolicy(retry);
    expect((await admin.createPolicy(retry)).policy.id).toBe(policy.id);
    await expect(
      admin.createPolicy({ createPolicyDetails: { ...createPolicyDetails, name: "TWIN" } }),
    ).rejects.toEqual(problem(409, "NotAuthorizedOrResourceAlreadyExists"));
    const wrong = {
      ...createPolicyDetails,
      name: "wrong",
      statements: [desk, "Allow group X too"],
    };
    await expect(admin.createPolicy({ createPolicyDetails: wrong })).rejects.toMatchObject({
      statusCode: 400,
      serviceCode: "InvalidParameter",
      message: "statements.1: At character 15: “to” follows here.",
    });
    await expect(
      admin.createPolicy({ createPolicyDetails: { ...wrong, statements: [] } }),
    ).rejects.toEqual(problem(400, "InvalidParameter"));
    await admin.deletePolicy({ policyId: policy.id });
    await expect(admin.createPolicy(retry)).rejects.toEqual(problem(409, "InvalidatedRetryToken"));

    const first = await admin.listPolicies({ compartmentId, name: "Tenant Admin Policy" });
    const policyId = first.items[0]?.id ?? "";
    await expect(
      admin.updatePolicy({ policyId, updatePolicyDetails: { description: "x" } }),
    ).rejects.toEqual(problem(409, "Conflict"));
    await expect(admin.deletePolicy({ policyId })).rejects.toEqual(problem(409, "Conflict"));
  });

  it("are nobody's without a policy", async () => {
    const hidden = problem(404, "NotAuthorizedOrNotFound");
    await expect(own.listPolicies({ compartmentId })).rejects.toEqual(hidden);
    const createPolicyDetails = { compartmentId, ...details, name: "mine" };
    await expect(own.createPolicy({ createPolicyDetails })).rejects.toEqual(hidden);
  });
});

describe("compartments", () => {
  it("are the root, which is the tenancy, and nothing in it", async () => {
    const { compartment, etag } = await own.getCompartment({ compartmentId });
    expect(compartment).toMatchObject({
      id: compartmentId,
      name: "latchkey",
      lifecycleState: "ACTIVE",
      isAccessible: true,
    });
    expect(etag).toBeTruthy();
    expect((await own.listCompartments({ compartmentId })).items).toEqual([]);
    const subtree = { compartmentId, compartmentIdInSubtree: true, accessLevel: "ANY" as never };
    expect((await own.listCompartments(subtree)).items).toEqual([]);
    await expect(
      own.getCompartment({ compartmentId: "ocid1.compartment.local..x" }),
    ).rejects.toEqual(problem(404, "NotAuthorizedOrNotFound"));
  });
});
