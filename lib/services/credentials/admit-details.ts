import "server-only";
import type { Tx } from "@/lib/data/db";
import { oauthClientCredential } from "@/lib/domain/credentials/oauth-client-credential/kind";

import { admitScopes } from "../oauth/admit-scopes";
import type { Admission, AdmissionRequest } from "./admission";

/** The kinds whose details others have a say in. */
const admissions: Readonly<Record<string, Admission>> = {
  [oauthClientCredential.id]: admitScopes,
};

/** What is kept of the details. Throws `invalid_input` for what is well formed and what this owner may not have. */
export async function admitDetails(
  tx: Tx,
  kind: string,
  request: AdmissionRequest,
): Promise<Readonly<Record<string, unknown>>> {
  const admission = admissions[kind];
  return admission ? admission(tx, request) : request.details;
}
