import { z } from "zod";

import type { TypedWire } from "../wire";
import {
  wireDescription,
  wireExpiry,
  wireExpiryOf,
  wireState,
  wireStateOf,
  wireTime,
} from "../wire-models";

type Details = { description: string };

const createDetails = z.object({ description: wireDescription });
const updateDetails = z.object({ description: wireDescription.optional() });
const shared = { id: z.string(), userId: z.string(), description: z.string(), ...wireState };

const requests = {
  locator: "id",
  toInput: ({ description }: Record<string, unknown>) => ({ description }),
  toPatch: ({ description }: Record<string, unknown>) => ({ description }),
} as const;

export const authTokenWire: TypedWire<Details> = {
  ...requests,
  collection: "authTokens",
  parameter: "authTokenId",
  operations: {
    list: "ListAuthTokens",
    create: "CreateAuthToken",
    update: "UpdateAuthToken",
    delete: "DeleteAuthToken",
  },
  model: {
    name: "AuthToken",
    schema: z.object({ ...shared, token: z.string().optional(), ...wireExpiry }),
  },
  createDetails: { name: "CreateAuthTokenDetails", schema: createDetails },
  updateDetails: { name: "UpdateAuthTokenDetails", schema: updateDetails },
  present: (view, { secret }) => ({
    id: view.id,
    userId: view.ownerId,
    description: view.details.description,
    ...wireStateOf(view),
    ...wireExpiryOf(view),
    ...(secret === undefined ? {} : { token: secret }),
  }),
};

/** The deprecated twin: the same rows under other names (identity-api.md 3). */
export const swiftPasswordWire: TypedWire<Details> = {
  ...requests,
  collection: "swiftPasswords",
  parameter: "swiftPasswordId",
  operations: {
    list: "ListSwiftPasswords",
    create: "CreateSwiftPassword",
    update: "UpdateSwiftPassword",
    delete: "DeleteSwiftPassword",
  },
  model: {
    name: "SwiftPassword",
    schema: z.object({
      ...shared,
      password: z.string().optional(),
      expiresOn: wireTime.optional(),
    }),
  },
  createDetails: { name: "CreateSwiftPasswordDetails", schema: createDetails },
  updateDetails: { name: "UpdateSwiftPasswordDetails", schema: updateDetails },
  present: (view, { secret }) => ({
    id: view.id,
    userId: view.ownerId,
    description: view.details.description,
    ...wireStateOf(view),
    ...(view.expiresAt === null ? {} : { expiresOn: view.expiresAt }),
    ...(secret === undefined ? {} : { password: secret }),
  }),
};
