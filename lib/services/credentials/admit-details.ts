import "server-only";
import type { Tx } from "@/lib/data/db";

import { admitScopes } from "../oauth/admit-scopes";
import type { Admission, AdmissionRequest } from "./admission";

/** The kinds whose details others have a say in. */
const admissions: Readonly<Record<string, Admission>> = { oauth_client_credential: admitScopes };

/** Throws `invalid_input` for details that are well formed and that this owner may not have. */
export async function admitDetails(tx: Tx, kind: string, request: AdmissionRequest): Promise<void> {
  await admissions[kind]?.(tx, request);
}
