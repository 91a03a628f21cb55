import "server-only";
import { runtime } from "@/lib/config/runtime";
import { reading } from "@/lib/data/db";
import { findTenancy } from "@/lib/data/tenancies";
import { isAppError } from "@/lib/domain/errors";

export type Readiness = "ready" | "draining" | "database unavailable" | "not set up";

/** Whether this process should get requests: not on its way out, its database there, migrated and set up. */
export async function checkReadiness(): Promise<Readiness> {
  const { singles, log } = runtime();
  // Somebody who asks waits for a "no" before sending requests elsewhere: the front door drains longer for them.
  singles.set("readiness-asked", true);
  if (singles.get("draining") === true) return "draining";
  try {
    return (await reading(findTenancy)) ? "ready" : "not set up";
  } catch (error) {
    if (!isAppError(error)) log.warn({ err: error }, "readiness could not be judged");
    return "database unavailable";
  }
}
