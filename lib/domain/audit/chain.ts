/** The parts of an event that its place in the chain vouches for: everything but the chain's own columns. */
export interface ChainedEvent {
  readonly id: number;
  readonly at: Date;
  readonly action: string;
  readonly outcome: string;
  readonly reason: string | null;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly via: string;
  readonly ownerId: string | null;
  readonly ownerName: string | null;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  readonly subjectName: string | null;
  readonly details: unknown;
  readonly address: string;
  readonly client: string;
  readonly requestId: string;
}

/** A place in the chain: its number, counted from 1, and the hash of everything up to it. */
export interface ChainHead {
  readonly position: number;
  readonly hash: string;
}

/** Where a trail begins that has never lost anything to its retention. */
export const chainStart: ChainHead = { position: 0, hash: "" };

/**
 * The text whose SHA-256 is the event's hash: one JSON array of the version, the head before, and every part in a
 * fixed order. The keys of `details` are sorted, because a database column of JSON keeps an order of its own.
 */
export function chainedText(previous: ChainHead, event: ChainedEvent): string {
  return JSON.stringify([
    "latchkey-audit-v1",
    previous.position + 1,
    previous.hash,
    event.id,
    event.at.toISOString(),
    event.action,
    event.outcome,
    event.reason,
    event.actorId,
    event.actorName,
    event.via,
    event.ownerId,
    event.ownerName,
    event.subjectType,
    event.subjectId,
    event.subjectName,
    sorted(event.details),
    event.address,
    event.client,
    event.requestId,
  ]);
}

/** The text that a checkpoint's signature covers. */
export function checkpointText({ position, hash }: ChainHead, purpose: "head" | "purge"): string {
  return `latchkey-audit-checkpoint-v1|${purpose}|${position}|${hash}`;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, part]) => [key, sorted(part)]));
}
