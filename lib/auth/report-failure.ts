import "server-only";
import { runtime } from "@/lib/config/runtime";

import { currentOrigin } from "./current-caller";

/**
 * Logs what failed while a page was made and marks it with the request id. Next hands an error's own `digest` to the
 * browser and nothing else of it; its own signals have one already and pass unchanged.
 */
export async function reportFailure(error: unknown): Promise<unknown> {
  if (typeof error !== "object" || error === null || "digest" in error) return error;
  const { requestId } = await currentOrigin();
  runtime().log.error({ err: error, requestId }, "a page failed");
  return Object.assign(error, { digest: requestId });
}
