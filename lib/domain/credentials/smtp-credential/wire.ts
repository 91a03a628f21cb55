import { z } from "zod";

import type { TypedWire } from "../wire";
import { wireDescription, wireExpiry, wireExpiryOf, wireState, wireStateOf } from "../wire-models";

type Details = { description: string };

const shared = {
  id: z.string(),
  userId: z.string(),
  username: z.string(),
  description: z.string(),
  ...wireExpiry,
  ...wireState,
};

export const smtpCredentialWire: TypedWire<Details> = {
  collection: "smtpCredentials",
  parameter: "smtpCredentialId",
  locator: "id",
  operations: {
    list: "ListSmtpCredentials",
    create: "CreateSmtpCredential",
    update: "UpdateSmtpCredential",
    delete: "DeleteSmtpCredential",
  },
  model: {
    name: "SmtpCredential",
    schema: z.object({ ...shared, password: z.string().optional() }),
  },
  summary: { name: "SmtpCredentialSummary", schema: z.object(shared) },
  createDetails: {
    name: "CreateSmtpCredentialDetails",
    schema: z.object({ description: wireDescription }),
  },
  updateDetails: {
    name: "UpdateSmtpCredentialDetails",
    schema: z.object({ description: wireDescription.optional() }),
  },
  toInput: ({ description }) => ({ description }),
  toPatch: ({ description }) => ({ description }),
  present: (view, { secret }) => ({
    id: view.id,
    userId: view.ownerId,
    username: view.publicId,
    description: view.details.description,
    ...wireStateOf(view),
    ...wireExpiryOf(view),
    ...(secret === undefined ? {} : { password: secret }),
  }),
};
