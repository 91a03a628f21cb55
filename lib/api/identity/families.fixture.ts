import { problem, type sdkClient } from "../stage.fixture";

export type Client = ReturnType<typeof sdkClient>;

export const hidden = problem(404, "NotAuthorizedOrNotFound");
export const invalid = problem(400, "InvalidParameter");
export const missing = problem(400, "MissingParameter");
export const nowhere = "ocid1.thing.local..nowhere";
export const statements = ["Allow group Families to inspect users in tenancy"];

/** What makes one of a family, by the administrator's client; asked for at each call, as it is there from the start of the tests on. */
export function makersOf(scene: () => { admin: Client; compartmentId: string }) {
  let count = 0;
  const newName = () => `families-${(count += 1)}`;
  const named = () => ({
    compartmentId: scene().compartmentId,
    name: newName(),
    description: "",
  });
  return {
    newName,
    createUser: (details: object = {}) =>
      scene().admin.createUser({ createUserDetails: { ...named(), ...details } }),
    createGroup: (details: object = {}, headers: object = {}) =>
      scene().admin.createGroup({ createGroupDetails: { ...named(), ...details }, ...headers }),
    createPolicy: (details: object = {}, headers: object = {}) =>
      scene().admin.createPolicy({
        createPolicyDetails: { ...named(), statements, ...details },
        ...headers,
      }),
  };
}
