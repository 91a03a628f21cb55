import "server-only";
import { Histogram } from "prom-client";

import { runtime, single } from "@/lib/config/runtime";

interface Answered {
  readonly method: string;
  readonly target: string;
  readonly isAction: boolean;
  readonly status: number | undefined;
  readonly milliseconds: number;
}

/** Notes how a request of the console went: by what it was for, never by its address, which has names in it. */
export function observePage({ target, status, milliseconds, ...request }: Answered): void {
  if (target.startsWith("/_next/")) return;
  const kind = kindOf({ target, ...request });
  durations().observe({ kind, status: String(status ?? "none") }, milliseconds / 1_000);
}

function kindOf({ method, target, isAction }: Omit<Answered, "status" | "milliseconds">): string {
  if (target.startsWith("/api/")) return "data";
  // A form without JavaScript is posted to its page.
  return isAction || method === "POST" ? "action" : "page";
}

const durations = () =>
  single(
    "page-durations",
    () =>
      new Histogram({
        name: "latchkey_page_request_duration_seconds",
        help: "Time to answer a request of the console, by kind (page, action, data) and status.",
        labelNames: ["kind", "status"],
        buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
        registers: [runtime().metrics],
      }),
  );
