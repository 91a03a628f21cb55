import { z } from "zod";

import type { TypedWire } from "../wire";
import { wireExpiry, wireExpiryOf, wireState, wireStateOf } from "../wire-models";

type Details = { name: string };

/** The prose allows an empty name, Swagger says 1–200. */
const displayName = z.string().max(200);
const shared = {
  id: z.string(),
  userId: z.string(),
  displayName: z.string(),
  ...wireExpiry,
  ...wireState,
};

/** On the wire, `id` is the access key and `key` the secret (identity-api.md 4). */
export const customerSecretKeyWire: TypedWire<Details> = {
  collection: "customerSecretKeys",
  parameter: "customerSecretKeyId",
  locator: "publicId",
  operations: {
    list: "ListCustomerSecretKeys",
    create: "CreateCustomerSecretKey",
    update: "UpdateCustomerSecretKey",
    delete: "DeleteCustomerSecretKey",
  },
  model: {
    name: "CustomerSecretKey",
    schema: z.object({ ...shared, key: z.string().optional() }),
  },
  summary: { name: "CustomerSecretKeySummary", schema: z.object(shared) },
  createDetails: {
    name: "CreateCustomerSecretKeyDetails",
    schema: z.object({ displayName }),
  },
  updateDetails: {
    name: "UpdateCustomerSecretKeyDetails",
    schema: z.object({ displayName: displayName.optional() }),
  },
  toInput: (body) => ({ name: body["displayName"] }),
  toPatch: (body) => ({ name: body["displayName"] }),
  present: (view, { secret }) => ({
    id: view.publicId,
    userId: view.ownerId,
    displayName: view.details.name,
    ...wireStateOf(view),
    ...wireExpiryOf(view),
    ...(secret === undefined ? {} : { key: secret }),
  }),
};
