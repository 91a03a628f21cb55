export interface Named {
  readonly id: string;
  readonly name: string;
}

/** One thing that happened to a person's account or credentials, as the audit trail has it. */
export interface ActivityView {
  readonly id: number;
  readonly at: string;
  readonly action: string;
  readonly outcome: "done" | "refused";
  readonly reason: string | null;
  readonly actor: Named | null;
  readonly via: string;
  /** Whose account or credential it was about; null where it was nobody's. */
  readonly owner: Named | null;
  readonly subject: { readonly type: string; readonly id: string; readonly name: string } | null;
  readonly details: Record<string, unknown>;
  readonly address: string;
  readonly client: string;
  readonly requestId: string;
}

/** A row of *Activity*: an event in the words that its owner reads. */
export interface ActivityLine {
  readonly id: number;
  readonly at: string;
  readonly outcome: "done" | "refused";
  /** What happened, in the past tense and without its subject: *Generated auth token “laptop”*. */
  readonly what: string;
  /** Why it was refused, or what else is worth knowing. */
  readonly why: string | undefined;
  readonly who: string;
  readonly address: string;
  readonly client: string;
}

export interface ActivityPage {
  readonly lines: readonly ActivityLine[];
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}
