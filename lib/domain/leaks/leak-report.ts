import { z } from "zod";

/**
 * A queue row that is not a mail yet: somebody reported secrets. It holds verifiers and digests of public keys and never
 * a secret; the worker finds out which of them are real.
 */
export const leakReportTemplate = "leak_report";

export const leakReport = z.object({
  verifiers: z.array(z.string()),
  keyDigests: z.array(z.string()),
  origin: z.object({ requestId: z.string(), address: z.string(), client: z.string() }),
});

export type LeakReport = z.infer<typeof leakReport>;
