import { kindById } from "../../credentials/registry";
import type { ActivityView } from "../activity";

/** What an event says of the act itself. */
export type Told = Pick<ActivityView, "action" | "subject" | "details" | "reason">;

export type Phrase = (event: Told) => string;

/** The act in the past tense; for a refusal the same act as a thing that was tried. */
export type Acts = Readonly<Record<string, { done: Phrase; tried: Phrase; also?: Phrase }>>;

export function quoted({ subject }: Told): string {
  return subject && subject.name !== "" ? ` “${subject.name}”` : "";
}

export function kindNoun({ details }: Told): string {
  const kind = details["kind"];
  const known = typeof kind === "string" ? kindById(kind) : undefined;
  return known?.description.noun.one ?? "credential";
}

export function kindNouns({ details }: Told): string {
  const kind = details["kind"];
  const known = typeof kind === "string" ? kindById(kind) : undefined;
  return known?.description.noun.many ?? "credentials";
}
