import type { ErrorCode, FieldProblems } from "@/lib/domain/errors";

/** What the browser learns of a failure. `requestId` only where it was our fault. */
export interface ActionProblem {
  readonly code: ErrorCode | "internal";
  readonly message: string;
  readonly fields: FieldProblems;
  readonly requestId?: string;
}

export type ActionResult<Output> =
  | { readonly ok: true; readonly output: Output }
  | { readonly ok: false; readonly error: ActionProblem };
