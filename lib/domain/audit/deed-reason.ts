import { z } from "zod";

import { oneLine } from "../mail/letter";
import { plainText } from "../text";
import { longestReason } from "./longest-reason";

/** Why somebody acts on another person's credentials, in a line that this person reads. */
export const deedReason = plainText({ least: 0, most: longestReason })
  .transform((text) => oneLine(text, longestReason))
  .pipe(z.string().min(1, "Say why."));
