import { z } from "zod";

import type { TypedView, TypedWire } from "../wire";
import { wireDescription, wireExpiry, wireExpiryOf, wireState, wireStateOf } from "../wire-models";

type Details = { description: string };

const shared = { id: z.string(), userId: z.string(), ...wireExpiry, ...wireState };

/** What made it says nothing of its description, lists do; there is no update (identity-api.md 3, 4). */
export const databasePasswordWire: TypedWire<Details> = {
  collection: "dbCredentials",
  parameter: "dbCredentialId",
  locator: "id",
  operations: {
    list: "ListDbCredentials",
    create: "CreateDbCredential",
    delete: "DeleteDbCredential",
  },
  isPaged: true,
  model: { name: "DbCredential", schema: z.object(shared) },
  summary: {
    name: "DbCredentialSummary",
    schema: z.object({ ...shared, description: z.string() }),
  },
  createDetails: {
    name: "CreateDbCredentialDetails",
    schema: z.object({ password: z.string(), description: wireDescription }),
  },
  toInput: ({ password, description }) => ({ password, description }),
  present,
  summarise: (view) => ({ ...present(view), description: view.details.description }),
};

function present(view: TypedView<Details>) {
  return {
    id: view.id,
    userId: view.ownerId,
    ...wireStateOf(view),
    ...wireExpiryOf(view),
  };
}
