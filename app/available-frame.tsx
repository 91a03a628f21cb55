import type { ReactNode } from "react";

import { DatabaseAway } from "@/components/shell/database-away";
import { NothingHere } from "@/components/shell/nothing-here";
import { currentOrigin } from "@/lib/auth/current-caller";
import { markPage } from "@/lib/auth/request-notes";
import { reportFailure } from "@/lib/auth/report-failure";
import { isAppError } from "@/lib/domain/errors";

/**
 * Around what a page loads: a database that is away and what may not be seen each become a block of their own instead of
 * an error, and a bug carries the request id to the page that reports it. Await everything inside: what a
 * nested component throws later does not pass here.
 */
export async function whenAvailable(
  load: () => Promise<ReactNode>,
  frame: (block: ReactNode) => ReactNode = (block) => block,
): Promise<ReactNode> {
  try {
    return await load();
  } catch (error) {
    if (isAppError(error) && error.code === "unavailable") {
      markPage((await currentOrigin()).requestId, 503);
      return frame(<DatabaseAway />);
    }
    if (isAppError(error) && error.code === "not_found") {
      markPage((await currentOrigin()).requestId, 404);
      return frame(<NothingHere />);
    }
    throw await reportFailure(error);
  }
}
