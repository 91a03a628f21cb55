import { Histogram } from "prom-client";

import { runtime, single } from "@/lib/config/runtime";

/** Notes how an operation went. Names and statuses only: no identifier becomes a label. */
export function observeRequest(operation: string, status: number, milliseconds: number): void {
  durations().observe({ operation, status: String(status) }, milliseconds / 1_000);
}

const durations = () =>
  single(
    "api-durations",
    () =>
      new Histogram({
        name: "latchkey_api_request_duration_seconds",
        help: "Time to answer a request to the Identity API, by operation and status.",
        labelNames: ["operation", "status"],
        buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
        registers: [runtime().metrics],
      }),
  );
