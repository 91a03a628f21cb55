import "server-only";
import { currentCaller } from "@/lib/auth/current-caller";
import { setSessionCookie } from "@/lib/auth/session-cookie";
import { AppError } from "@/lib/domain/errors";
import type { Mutation } from "@/lib/services/use-case";

import type { ActionResult } from "./result";
import { run } from "./run";

/** A use case as a server action of whoever is signed in. */
export function action<Output>(
  useCase: Mutation<Output>,
): (raw: unknown) => Promise<ActionResult<Output>> {
  return (raw) =>
    run(async () => {
      const caller = await currentCaller();
      if (!caller) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
      return useCase(caller, raw);
    });
}

/** One that renews the session: the new token goes into the cookie and nowhere else. */
export function renewingAction(
  useCase: Mutation<{ token: string }>,
): (raw: unknown) => Promise<ActionResult<Record<string, never>>> {
  return (raw) =>
    run(async () => {
      const caller = await currentCaller();
      if (!caller) throw new AppError("unauthenticated", "Your session has ended. Sign in again.");
      const { token } = await useCase(caller, raw);
      await setSessionCookie(token);
      return {};
    });
}
