import "server-only";
import { runtime } from "@/lib/config/runtime";
import {
  type Checkpoint,
  checkpointsAfter,
  countUnsealedEvents,
  lastCheckpoint,
  type SealedEvent,
  sealedEventsAfter,
} from "@/lib/data/audit-chain";
import { reading, type Tx } from "@/lib/data/db";
import { type ChainHead, chainStart, checkpointText } from "@/lib/domain/audit/chain";
import { type HeadSigner, headSigner } from "@/lib/secrets/sign-head";

import { headAfter } from "./chain-hash";

/** What a walk over the whole trail found. */
export interface TrailReport {
  readonly verified: number;
  /** Written, but not yet given a place: at most the last seconds of a running server. */
  readonly unsealed: number;
  readonly head: ChainHead;
  /** One sentence each; none of a sound trail. */
  readonly problems: readonly string[];
}

const batch = 1_000;
/** After so many sentences the trail is beyond repair and the reader knows. */
const mostProblems = 100;

/**
 * Walks the trail from its beginning: every hash, every place, every signed checkpoint. `known` is a head that was kept
 * elsewhere (a log line, an earlier walk): without one, a trail and checkpoints cut at the same place look whole.
 */
export async function verifyTrail(known?: ChainHead): Promise<TrailReport> {
  const signer = headSigner(runtime().rootKey);
  return reading(async (tx) => {
    const problems: string[] = [];
    const tell = (problem: string) => {
      if (problems.length < mostProblems) problems.push(problem);
    };
    const begin = await beginning(tx, signer, tell);
    const stations = walkCheckpoints(tx, begin.position, signer, tell);
    let station = await stations.next();
    let head = begin;
    let verified = 0;
    let wasKnownSeen = known === undefined || known.position <= begin.position;
    for (;;) {
      const events = await sealedEventsAfter(tx, head.position, batch);
      for (const sealed of events) {
        head = step(head, sealed, tell);
        verified += 1;
        if (station && head.position > station.position) {
          tell(`The signed checkpoint ${station.position} stands for an event that is missing.`);
          station = await stations.next();
        }
        if (station?.position === head.position) {
          if (station.hash !== head.hash)
            tell(`The trail up to position ${head.position} is not the one that was signed there.`);
          station = await stations.next();
        }
        if (known?.position === head.position) {
          wasKnownSeen = true;
          if (known.hash !== head.hash)
            tell(`The trail up to position ${head.position} is not the one whose head you gave.`);
        }
      }
      if (events.length < batch) break;
    }
    if (station)
      tell(
        `The end was cut: position ${station.position} was signed, the trail ends at ${head.position}.`,
      );
    if (known && !wasKnownSeen)
      tell(`The end was cut: you gave head ${known.position}, the trail ends at ${head.position}.`);
    return { verified, unsealed: await countUnsealedEvents(tx), head, problems };
  });
}

type Tell = (problem: string) => void;

/** Where the trail begins: at its first event, or where a signed purge ended. */
async function beginning(tx: Tx, signer: HeadSigner, tell: Tell): Promise<ChainHead> {
  const purged = await lastCheckpoint(tx, "purge");
  if (!purged) return chainStart;
  if (isSigned(purged, signer)) return { position: purged.position, hash: purged.hash };
  tell(`The word of a purge at position ${purged.position} was not signed by this Latchkey.`);
  return chainStart;
}

/** The chain one event further. What does not fit is told, and the walk goes on from what the row claims. */
function step(
  head: ChainHead,
  { event, position, previousHash, hash }: SealedEvent,
  tell: Tell,
): ChainHead {
  if (position !== head.position + 1) {
    tell(missing(head.position + 1, position - 1));
    return { position, hash: hash ?? "" };
  }
  const expected = headAfter(head, event);
  if (previousHash !== head.hash || hash !== expected.hash)
    tell(
      `Event ${event.id} (position ${position}, ${event.at.toISOString()}, ${event.action}) was altered.`,
    );
  return { position, hash: hash ?? "" };
}

function missing(from: number, to: number): string {
  return from === to
    ? `The event at position ${from} is missing.`
    : `The events at positions ${from} to ${to} are missing.`;
}

/** Hands out the signed checkpoints one by one, in order. */
function walkCheckpoints(tx: Tx, after: number, signer: HeadSigner, tell: Tell) {
  let page: Checkpoint[] = [];
  let last = after;
  return {
    next: async (): Promise<Checkpoint | undefined> => {
      for (;;) {
        const found = page.shift() ?? (page = await checkpointsAfter(tx, last, batch)).shift();
        if (!found) return undefined;
        last = found.position;
        if (isSigned(found, signer)) return found;
        tell(`The checkpoint at position ${found.position} was not signed by this Latchkey.`);
      }
    },
  };
}

function isSigned(checkpoint: Checkpoint, signer: HeadSigner): boolean {
  return signer.verify(checkpointText(checkpoint, checkpoint.purpose), checkpoint.signature);
}
