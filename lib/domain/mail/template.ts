import { z } from "zod";

import { type Letter, oneLine } from "./letter";

/** What every letter may point to. Only the operator's LATCHKEY_URL: never the host that a request named. */
export interface MailContext {
  readonly consoleUrl: string;
}

interface Template<Values extends z.ZodType<object>, Secrets extends z.ZodType<object>> {
  readonly values: Values;
  /** Sealed in the queue and cleared once the mail is sent or given up. */
  readonly secretValues: Secrets;
  readonly write: (values: z.output<Values> & z.output<Secrets>, context: MailContext) => Letter;
}

/** Text from outside, on one line. */
export const line = z.string().transform((text) => oneLine(text));
export const instant = z.iso.datetime();
export const noSecrets = z.object({});

/** Closes over the value types, so that templates of different values can stand in one table. */
export function template<Values extends z.ZodType<object>, Secrets extends z.ZodType<object>>({
  values,
  secretValues,
  write,
}: Template<Values, Secrets>) {
  return {
    values,
    secretValues,
    letter: (rawValues: unknown, rawSecrets: unknown, context: MailContext): Letter =>
      write({ ...values.parse(rawValues), ...secretValues.parse(rawSecrets) }, context),
  };
}
