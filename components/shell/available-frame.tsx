import { notFound } from "next/navigation";
import type { ReactNode } from "react";

import { reportFailure } from "@/lib/auth/report-failure";
import { currentOrigin } from "@/lib/auth/current-caller";
import { markUnavailable } from "@/lib/auth/unavailable-pages";
import { isAppError } from "@/lib/domain/errors";

import { DatabaseAway } from "./database-away";

/**
 * Around what a page loads: a database that is away becomes its own block instead of an error, what may not be seen
 * becomes "not found", and a bug carries the request id to the page that reports it. Await everything inside: what a
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
      markUnavailable((await currentOrigin()).requestId);
      return frame(<DatabaseAway />);
    }
    if (isAppError(error) && error.code === "not_found") notFound();
    throw await reportFailure(error);
  }
}
