import type { ErrorCode, FieldProblems } from "@/lib/domain/errors";

type Problem = {
  readonly code: ErrorCode | "internal";
  readonly message: string;
  readonly fields: FieldProblems;
  readonly requestId?: string;
};

/** What a server action answers. */
export type ActionAnswer<Output> =
  | { readonly ok: true; readonly output: Output }
  | { readonly ok: false; readonly error: Problem };

/** A refused action as an error, so that `mutation.error` works and a form can show it as its problem. */
export class ActionError extends Error {
  readonly code: Problem["code"];
  readonly fields: FieldProblems;
  readonly requestId: string | undefined;

  constructor({ code, message, fields, requestId }: Problem) {
    super(message);
    this.name = "ActionError";
    this.code = code;
    this.fields = fields;
    this.requestId = requestId;
  }
}

/** What to say when the action itself never came back: the network, or a page older than the server. */
export function toActionError(thrown: unknown): ActionError {
  if (thrown instanceof ActionError) return thrown;
  const isOutdated = thrown instanceof Error && thrown.name === "UnrecognizedActionError";
  return new ActionError({
    code: "internal",
    message: isOutdated ? outdated : noAnswer,
    fields: {},
  });
}

const outdated = "This page is older than the server. Reload it and try again.";
const noAnswer =
  "The server did not answer. It may still have done it: look at the list before you try again.";
