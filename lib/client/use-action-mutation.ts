import { type QueryKey, useMutation } from "@tanstack/react-query";
import { useRef } from "react";

import { type ActionAnswer, ActionError, toActionError } from "./action-error";
import { leaveForEnrolment, leaveForPasswordChange } from "./leave";
import { useQueryCache } from "./query-cache";
import { reason } from "./reason";
import { sessionEnd } from "./session-end";
import { proof } from "./step-up";

type Options<Input, Output> = {
  /** Query keys whose lists are read again when it is done. */
  invalidates?: readonly QueryKey[];
  onDone?: (output: Output, input: Input) => void;
  onRefused?: (error: ActionError, input: Input) => void;
};

/**
 * A server action as a mutation. Refusals become `mutation.error` (an `ActionError`, which is a form's problem as it
 * is). A demand for a fresh proof opens the step-up dialog and then repeats the action. What it sent and got is dropped
 * on `reset()` and when its component goes: call `reset()` on closing whatever showed a secret (decisions.md 26).
 * `mutate` takes no callbacks: those of a call are dropped with its component, and what came of it would be told to
 * nobody.
 */
export function useActionMutation<Input, Output>(
  action: (input: Input) => Promise<ActionAnswer<Output>>,
  { invalidates = [], onDone, onRefused }: Options<Input, Output> = {},
) {
  const queries = useQueryCache();
  const underWay = useRef<symbol>(undefined);
  const mutation = useMutation<Output, ActionError, Input>(
    {
      gcTime: 0,
      retry: false,
      // A paused mutation would make its secret later, when nobody looks.
      networkMode: "always",
      mutationFn: (input) => {
        const turn = underWay.current;
        return perform(action, input).finally(() => {
          if (underWay.current === turn) underWay.current = undefined;
        });
      },
      onSuccess: (output, input) => {
        for (const queryKey of invalidates) void queries.invalidateQueries({ queryKey });
        onDone?.(output, input);
      },
      onError: (error, input) => onRefused?.(error, input),
    },
    queries,
  );
  const mutate = (input: Input) => {
    // The second press of a double click comes before any state that could refuse it has been drawn.
    if (underWay.current !== undefined) return;
    underWay.current = Symbol("call");
    mutation.mutate(input);
  };
  const reset = () => {
    underWay.current = undefined;
    mutation.reset();
  };
  return { ...mutation, mutate, reset };
}

/**
 * Calls the action; demands for a fresh proof and for a reason are met, once each, and the action repeated, and so it is after
 * the end of a session, when the person has signed in again. Throws `ActionError`. Leads to no other page and waits for no
 * sign-in where the page has secrets to keep (`isStaying`).
 */
export async function perform<Input, Output>(
  action: (input: Input) => Promise<ActionAnswer<Output>>,
  input: Input,
  { isStaying = false }: { isStaying?: boolean } = {},
): Promise<Output> {
  let answer = await call(action, input);
  if (!isStaying)
    while (isSignedOut(answer) && (await sessionEnd.ask())) answer = await call(action, input);
  if (!answer.ok && answer.error.code === "step_up_required" && (await proof.ask()))
    answer = await call(action, input);
  if (!answer.ok && answer.error.code === "reason_required") {
    const given = await reason.ask(answer.error.message);
    if (given !== undefined) answer = await call(action, { ...input, reason: given });
  }
  if (answer.ok) return answer.output;
  if (!isStaying) leaveIfItMust(answer.error.code);
  throw new ActionError(answer.error);
}

const isSignedOut = (answer: ActionAnswer<unknown>) =>
  !answer.ok && answer.error.code === "unauthenticated";

function leaveIfItMust(code: ActionError["code"]): void {
  if (code === "must_change_password") leaveForPasswordChange();
  if (code === "must_enrol") leaveForEnrolment();
}

async function call<Input, Output>(
  action: (input: Input) => Promise<ActionAnswer<Output>>,
  input: Input,
): Promise<ActionAnswer<Output>> {
  try {
    return await action(input);
  } catch (thrown) {
    throw toActionError(thrown);
  }
}
