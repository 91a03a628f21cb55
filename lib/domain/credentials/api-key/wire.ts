import { z } from "zod";

import type { TypedWire } from "../wire";
import { wireState, wireStateOf } from "../wire-models";

type Details = { name: string; publicKey: string; sha256: string; bits: number };

/** API keys have no OCID and no update on the wire; one is named by its fingerprint. */
export const apiKeyWire: TypedWire<Details> = {
  collection: "apiKeys",
  parameter: "fingerprint",
  locator: "publicId",
  operations: { list: "ListApiKeys", create: "UploadApiKey", delete: "DeleteApiKey" },
  model: {
    name: "ApiKey",
    schema: z.object({
      keyId: z.string(),
      keyValue: z.string(),
      fingerprint: z.string(),
      userId: z.string(),
      ...wireState,
    }),
  },
  createDetails: { name: "CreateApiKeyDetails", schema: z.object({ key: z.string().max(16_384) }) },
  toInput: ({ key }) => ({ key }),
  problems: { limit_reached: { status: 409, code: "ApiKeyLimitExceeded" } },
  present: (view, { tenancyId }) => ({
    keyId: `${tenancyId}/${view.ownerId}/${view.publicId}`,
    keyValue: view.details.publicKey,
    fingerprint: view.publicId,
    userId: view.ownerId,
    ...wireStateOf(view),
  }),
};
