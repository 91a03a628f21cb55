import "server-only";

import { availableParallelism } from "node:os";

import { hash, parseOptions, verify } from "@node-rs/argon2";

import { AppError } from "@/lib/domain/errors";
import { longestPasswordBytes, normalisePassword } from "@/lib/domain/password/criteria";

import { makeGate, type Gate, type GateLoad } from "./gate";

/**
 * The verifier of a password that a person chose or types: Argon2id in PHC format. Throws `invalid_input` over
 * 1024 bytes, before any work, and `unavailable` when too many hashes are waiting.
 */
export async function hashPassword(password: string): Promise<string> {
  const bytes = encode(password);
  if (bytes === undefined)
    throw new AppError("invalid_input", `Use at most ${longestPasswordBytes} bytes.`);
  return processGate()(() => hash(bytes, todaysCost()));
}

/**
 * Whether the password is the one of the verifier. Without a verifier it does the same work and answers no, so that
 * the time does not tell whether there is one. Throws `unavailable` when too many hashes are waiting.
 */
export async function verifyPassword(
  verifier: string | undefined,
  password: string,
): Promise<boolean> {
  const bytes = encode(password);
  const usable = verifier !== undefined && bytes !== undefined && isBearable(verifier);
  const isRight = await processGate()(() =>
    verify(usable ? verifier : dummyVerifier(), usable ? bytes : nothing),
  );
  return usable && isRight;
}

/** Whether a verifier that was just matched should be made anew, because today's cost is another. */
export function needsRehash(verifier: string): boolean {
  const found = costOf(verifier);
  const cost = todaysCost();
  return (
    found === undefined ||
    !verifier.startsWith("$argon2id$v=19$") ||
    found.memoryCost !== cost.memoryCost ||
    found.timeCost !== cost.timeCost ||
    found.parallelism !== cost.parallelism
  );
}

/**
 * A stored verifier decides how much work a check is. One that asks for an absurd amount is not obeyed; one that was made
 * at the dearer cost, before somebody chose the cheaper one, is.
 */
function isBearable(verifier: string): boolean {
  const found = costOf(verifier);
  return (
    found !== undefined &&
    verifier.startsWith("$argon2id$") &&
    found.memoryCost <= dearest.memoryCost * 4 &&
    found.memoryCost * found.timeCost <= dearest.memoryCost * dearest.timeCost * 4 &&
    found.parallelism <= 4 &&
    found.outputLen <= 64
  );
}

function costOf(verifier: string): ReturnType<typeof parseOptions> | undefined {
  try {
    return parseOptions(verifier);
  } catch {
    return undefined;
  }
}

function encode(password: string): Uint8Array | undefined {
  // Normalising is work too; what is longer than this in characters cannot be short enough in bytes.
  if (password.length > longestPasswordBytes) return undefined;
  const bytes = new TextEncoder().encode(normalisePassword(password));
  return bytes.length > longestPasswordBytes ? undefined : bytes;
}

/** `algorithm` is left to its default, Argon2id (docs/decisions/0105). */
export const passwordCosts = {
  /** What RFC 9106 recommends where memory is limited: 64 MiB, three passes. */
  recommended: { memoryCost: 65_536, timeCost: 3, parallelism: 1 },
  /** OWASP's and security.md's floor: 19 MiB, two passes. */
  least: { memoryCost: 19_456, timeCost: 2, parallelism: 1 },
} as const;

const dearest = passwordCosts.recommended;

const costKey = Symbol.for("latchkey.password-cost");

type CostHolder = { [costKey]?: keyof typeof passwordCosts };

/** For the whole process, before anything is hashed: like the gate it holds for both bundles. */
export function choosePasswordCost(name: keyof typeof passwordCosts): void {
  (globalThis as CostHolder)[costKey] = name;
}

const todaysCost = () => passwordCosts[(globalThis as CostHolder)[costKey] ?? "recommended"];

/** The verifier of nothing in particular, at today's cost: what an unknown name is checked against. */
function dummyVerifier(): string {
  const { memoryCost, timeCost, parallelism } = todaysCost();
  return `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$7rEaMmw72enSqHpGTvaljg$M/VE8VPnxQlTvNXHK211cRcwkHJLfzapAHuuYTXssG8`;
}

/** How many hashes are made and wait to be made in this process. */
export function passwordLoad(): GateLoad {
  return processGate().load();
}

const nothing = new Uint8Array(0);

const gateKey = Symbol.for("latchkey.password-gate");

/**
 * One gate for the whole process: the front door and Next bundle this file separately, and two gates would admit
 * twice the work. Nothing else writes under this symbol, which is what the assertion rests on. Hashing runs on
 * Node's pool of four threads; one of them is left to files and name look-ups.
 */
function processGate(): Gate {
  const holder = globalThis as { [gateKey]?: Gate };
  holder[gateKey] ??= makeGate({ atOnce: Math.min(availableParallelism(), 3), mostWaiting: 64 });
  return holder[gateKey];
}
