import "server-only";
import { z } from "zod";

/** What is known of a failed attempt. No text of the server's is in it: that could repeat what it was told. */
export interface MailProblem {
  readonly problem: string;
  /** The server will never take this mail for this recipient. Anything else may pass. */
  readonly isPermanent: boolean;
}

export function problemOf(error: unknown): MailProblem {
  const { code, command, responseCode, response } = failure.parse(error);
  const where = command ?? "Sending";
  if (responseCode === undefined)
    return { problem: `${where} failed: ${code ?? "unknown"}.`, isPermanent: false };
  const enhanced = enhancedCode.exec(response ?? "")?.[1];
  return {
    problem: `${where} was answered ${[responseCode, enhanced].filter(Boolean).join(" ")}.`,
    isPermanent: responseCode >= 500 && aboutThisMail.has(where),
  };
}

/** A 5xx elsewhere (greeting, sign-in, sender) speaks of our configuration, which the operator can mend. */
const aboutThisMail = new Set(["RCPT TO", "DATA"]);

/** RFC 3463. */
const enhancedCode = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/;

const failure = z
  .object({
    code: z
      .string()
      .regex(/^\w{1,40}$/)
      .optional()
      .catch(undefined),
    command: z
      .string()
      .regex(/^[A-Z\d][A-Z\d -]{0,29}$/)
      .optional()
      .catch(undefined),
    responseCode: z.int().min(100).max(599).optional().catch(undefined),
    response: z.string().optional().catch(undefined),
  })
  .catch({});
