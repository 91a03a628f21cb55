import "server-only";
import { currentOrigin } from "@/lib/auth/current-caller";
import { markBegun } from "@/lib/auth/request-notes";
import { runtime } from "@/lib/config/runtime";
import { isAppError } from "@/lib/domain/errors";

import type { ActionResult } from "./result";

/** The only `try` between the browser and a use case: a refusal becomes a value, a bug becomes a request id. */
export async function run<Output>(work: () => Promise<Output>): Promise<ActionResult<Output>> {
  await begin();
  try {
    return { ok: true, output: await work() };
  } catch (error) {
    if (isAppError(error))
      return {
        ok: false,
        error: { code: error.code, message: error.message, fields: error.fields },
      };
    if (isControlFlow(error)) throw error;
    const { requestId } = await currentOrigin();
    runtime().log.error({ err: error, requestId }, "an action failed");
    return {
      ok: false,
      error: {
        code: "internal",
        message:
          "Something went wrong on our side. Try again; if it stays, tell an administrator the request id.",
        fields: {},
        requestId,
      },
    };
  }
}

/** Every action begins so: until then whatever fails is the fault of what was sent. */
export async function begin(): Promise<void> {
  const { requestId } = await currentOrigin();
  markBegun(requestId);
}

/** Next throws to redirect and to show not-found; these carry a digest and must pass. */
function isControlFlow(error: unknown): boolean {
  return (
    typeof error === "object" &&
    error !== null &&
    "digest" in error &&
    typeof error.digest === "string" &&
    error.digest.startsWith("NEXT_")
  );
}
