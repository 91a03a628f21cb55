import "server-only";
import type { Tx } from "@/lib/data/db";
import type { UserRow } from "@/lib/data/users";
import type { Caller } from "@/lib/domain/caller";

export interface AdmissionRequest {
  readonly caller: Caller;
  readonly owner: UserRow;
  /** As they are; undefined for one that is being issued. */
  readonly before: Readonly<Record<string, unknown>> | undefined;
  readonly details: Readonly<Record<string, unknown>>;
}

/**
 * What the rest of the tenancy has to say to a credential's details, asked under the owner's lock: answers with what is
 * kept of them. Throws `invalid_input`.
 */
export type Admission = (
  tx: Tx,
  request: AdmissionRequest,
) => Promise<Readonly<Record<string, unknown>>>;
