import type { Attention } from "@/lib/domain/reports/credential-report";

/** What to do about credentials that deserve attention. */
export const attentionAdvice = {
  expiring: "Their owners get a mail 30, 7 and 1 day before. Rotate what is in use.",
  "never-used": "A credential that nobody uses opens a door for nobody’s good. Ask its owner.",
  old: "The longer a secret lives, the more places it has been to. Rotate it.",
} as const satisfies Record<Attention, string>;
