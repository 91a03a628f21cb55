import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { runtime } from "@/lib/config/runtime";
import type { Caller } from "@/lib/domain/caller";
import { mostPolicies } from "@/lib/domain/policies/policy-fields";
import { makeCaller, makePerson, signedIn } from "@/lib/testing/callers";
import { startTestRuntime, type TestRuntime } from "@/lib/testing/runtime";

import { addUserToGroup } from "../groups/add-user-to-group";
import { createGroup } from "../groups/create-group";
import { createPolicy } from "./create-policy";
import { deletePolicy } from "./delete-policy";
import { getPolicy } from "./get-policy";
import { listPolicies } from "./list-policies";
import { updatePolicy } from "./update-policy";

/** Who may write policies, and that nobody writes more than they hold. */
let test: TestRuntime;
let host: Caller;
beforeAll(async () => {
  test = await startTestRuntime();
  host = await makeCaller({ isAdministrator: true });
});
afterAll(() => test.stop());

const some = () => `p-${randomUUID().slice(0, 8)}`;
const write = (caller: Caller, ...statements: string[]) =>
  createPolicy(caller, { name: some(), description: "", statements });
const outcome = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error: unknown) => String(Object(error).code),
  );

/** Somebody in a group of their own, which the statements speak of as GROUP. */
async function somebodyWho(...statements: string[]) {
  const group = await createGroup(host, { name: some(), description: "" });
  const { id } = await write(
    host,
    ...statements.map((text) => text.replaceAll("GROUP", group.name)),
  );
  const person = await makePerson();
  await addUserToGroup(host, { userId: person.id, groupId: group.id });
  return { caller: await signedIn(person), group: group.name, policyId: id, person };
}

const writer = "Allow group GROUP to manage policies in tenancy";

describe("writing policies", () => {
  it("takes the permission for it", async () => {
    const reader = await somebodyWho("Allow group GROUP to inspect policies in tenancy");
    const { caller, policyId } = reader;
    expect(await outcome(listPolicies(caller, {}))).toBe("done");
    expect(await outcome(getPolicy(caller, { policyId }))).toBe("done");
    expect(await outcome(write(caller, writer))).toBe("not_found");
    expect(await outcome(updatePolicy(caller, { policyId, description: "x" }))).toBe("not_found");
    expect(await outcome(deletePolicy(caller, { policyId }))).toBe("not_found");
    expect(await outcome(listPolicies(await makeCaller(), {}))).toBe("not_found");
  });

  it("gives nobody what the writer does not hold, and leaves a trace of who tried", async () => {
    const both = [
      writer,
      "Allow group GROUP to read users in tenancy where target.user.name = /a*/",
    ];
    const { caller, group, policyId } = await somebodyWho(...both);
    const own = both.map((text) => text.replace("GROUP", group));
    const give = (text: string) => outcome(write(caller, text));
    expect(await give("Allow group Nobody to inspect policies in tenancy")).toBe("done");
    expect(
      await give("allow group Nobody to inspect users in tenancy where target.user.name = /A*/"),
    ).toBe("done");
    expect(await give("Allow any-user to manage all-resources in compartment Root")).toBe("done");
    expect(await give("Allow any-user to inspect users in tenancy")).toBe("not_found");
    expect(await give(`Allow group ${group} to manage users in tenancy`)).toBe("not_found");
    expect(await give("Allow group Nobody to manage all-resources in tenancy")).toBe("not_found");

    const change = (...statements: string[]) =>
      outcome(updatePolicy(caller, { policyId, statements }));
    expect(await change(...own, "Allow any-user to manage groups in tenancy")).toBe("not_found");
    expect(await change(...own, "Allow group Nobody to inspect policies in tenancy")).toBe("done");
    const { rows } = await runtime().pool.query(
      "select action, outcome, reason from audit_events where actor_id = $1 and outcome = 'refused'",
      [caller.userId],
    );
    expect(rows).toEqual([
      ...Array.from({ length: 3 }, () => ({
        action: "createPolicy",
        outcome: "refused",
        reason: "not_permitted",
      })),
      { action: "updatePolicy", outcome: "refused", reason: "not_permitted" },
    ]);
  });

  it("keeps what is there of others when it changes the rest", async () => {
    const { caller, group } = await somebodyWho(writer);
    const strong = "Allow group Strong to manage users in tenancy";
    const { id: policyId } = await write(
      host,
      strong,
      "Allow group X to inspect policies in tenancy",
    );
    const statements = [strong, `Allow group ${group} to inspect policies in tenancy`];
    expect(await outcome(updatePolicy(caller, { policyId, statements }))).toBe("done");
    expect(await outcome(updatePolicy(caller, { policyId, statements: [strong] }))).toBe("done");
  });

  it("is in force with the next request, and so is its end", async () => {
    const { person, group } = await somebodyWho("Allow group GROUP to inspect groups in tenancy");
    const again = () => signedIn(person).then((caller) => outcome(listPolicies(caller, {})));
    expect(await again()).toBe("not_found");
    const { id } = await write(host, `Allow group ${group} to inspect policies in tenancy`);
    expect(await again()).toBe("done");
    await updatePolicy(host, {
      policyId: id,
      statements: [`Allow group ${group} to inspect policies in compartment Elsewhere`],
    });
    expect(await again()).toBe("not_found");
    await deletePolicy(host, { policyId: id });
  });
});

it("many may change policies at once, and none is lost", async () => {
  const { id: policyId } = await write(host, writer);
  const before = await getPolicy(host, { policyId });
  await Promise.all([
    ...Array.from({ length: 5 }, (_, index) =>
      updatePolicy(host, { policyId, description: `${index}` }),
    ),
    ...Array.from({ length: 5 }, () => write(host, writer)),
  ]);
  expect((await getPolicy(host, { policyId })).version).toBe(before.version + 5);
});

it("a tenancy has a bounded number of policies, counted exactly", async () => {
  const { rows } = await runtime().pool.query("select count(*)::int as count from policies");
  const free = mostPolicies - Number(rows[0]?.count);
  await runtime().pool.query(
    `insert into policies (id, tenancy_id, name, name_key, statements)
     select 'filler-' || n, $1, 'filler-' || n, 'filler-' || n, $2 from generate_series(1, $3) n`,
    [runtime().tenancy.id, JSON.stringify([writer]), free - 2],
  );
  const outcomes = await Promise.all(Array.from({ length: 5 }, () => outcome(write(host, writer))));
  expect(outcomes.toSorted()).toEqual([
    "done",
    "done",
    "limit_reached",
    "limit_reached",
    "limit_reached",
  ]);
});
