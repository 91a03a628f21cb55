import { appendFileSync, readFileSync } from "node:fs";

export const steps = ["createUser", "createToken", "updateToken", "deleteToken"] as const;
export type Step = (typeof steps)[number];

/** `unknown`: no answer came, or one that admits that it does not know. Such a change may be there or not, never half. */
export type Outcome = "done" | "refused" | "unknown";

interface Line {
  readonly story: string;
  readonly step: Step;
  readonly outcome: "asked" | Outcome;
  readonly status?: number;
  readonly id?: string;
}

/** What one story of changes has come to, by the client's own record. */
export type Story = ReadonlyMap<Step, { outcome: Outcome; id: string | undefined }>;

/** Written before each request and after each answer, so that no crash of anything can make the client forget. */
export class Ledger {
  constructor(readonly file: string) {}

  write(line: Line): void {
    appendFileSync(this.file, `${JSON.stringify(line)}\n`);
  }

  lines(): Line[] {
    const text = readFileSync(this.file, "utf8").trim();
    return text === "" ? [] : text.split("\n").map((line): Line => JSON.parse(line));
  }

  /** Asked and never answered counts as unknown. */
  stories(): Map<string, Story> {
    const stories = new Map<string, Map<Step, { outcome: Outcome; id: string | undefined }>>();
    for (const { story, step, outcome, id } of this.lines()) {
      const found = stories.get(story) ?? new Map();
      stories.set(story, found);
      found.set(step, { outcome: outcome === "asked" ? "unknown" : outcome, id });
    }
    return stories;
  }
}
