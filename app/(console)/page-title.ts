import type { Metadata } from "next";

import { currentCaller } from "@/lib/auth/current-caller";
import { type Caller, isSettled } from "@/lib/domain/caller";
import { isAppError } from "@/lib/domain/errors";
import type { TenancyOperation } from "@/lib/domain/policies/operations";
import { may } from "@/lib/domain/policy";

const hidden: Metadata = { title: "Not found" };

/**
 * The title of a page that `find` names. What the caller may not see, or is not there, is called like an address that
 * nothing answers; what else goes wrong is the page's to tell.
 */
export async function pageTitle(
  find: (caller: Caller) => string | undefined | Promise<string | undefined>,
): Promise<Metadata> {
  try {
    const caller = await currentCaller();
    if (caller === undefined || !isSettled(caller)) return {};
    const title = await find(caller);
    return title === undefined ? hidden : { title };
  } catch (error) {
    return isAppError(error) && error.code === "not_found" ? hidden : {};
  }
}

/** The title of a page that is there for whoever may do `needs`. */
export function titleFor(title: string, needs: TenancyOperation): () => Promise<Metadata> {
  return () => pageTitle((caller) => (may(caller, needs).allowed ? title : undefined));
}
