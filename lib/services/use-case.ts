import "server-only";
import type { z } from "zod";

import { type Database, reading, transaction, type Tx } from "@/lib/data/db";
import type { Caller } from "@/lib/domain/caller";
import { parseInput } from "@/lib/domain/credentials/kind";
import { minutesWords, secondsAfter } from "@/lib/domain/durations";
import { AppError, notFound } from "@/lib/domain/errors";
import { etagOf, matchesEtag } from "@/lib/domain/etag";
import type { Decision } from "@/lib/domain/policy";

import { type AuditNote, recordDone, recordRefusal } from "./audit/record";
import { type Concerned, requireReason, takeReason, tellPerson, withReason } from "./on-behalf";
import { answerOnce, type RetryRequest } from "./retry";

/** What every use case declares. `load` answers undefined for what is not there. */
interface Common<On extends Tx, Input, Loaded> {
  /** The name of the verb: the audit trail's action and a row of the authorisation matrix. */
  readonly name: string;
  readonly input: z.ZodType<Input>;
  readonly load: (tx: On, input: Input, caller: Caller) => Promise<Loaded | undefined>;
  readonly authorize: (caller: Caller, loaded: Loaded, input: Input) => Decision;
  /** Open to a session that must change its password first; nothing else is. */
  readonly duringForcedChange?: boolean;
  /** Open, besides those, to a session that must set up a second factor first. */
  readonly duringEnrolment?: boolean;
}

interface QueryDefinition<Input, Loaded, Output> extends Common<Database, Input, Loaded> {
  readonly run: (tx: Database, work: Work<Input, Loaded>) => Promise<Output> | Output;
}

interface MutationDefinition<Input, Loaded, Output, Prepared> extends Common<Tx, Input, Loaded> {
  /**
   * Asks a session for a fresh proof of identity (decisions.md 6), always or for what weighs that much. Signed requests
   * never step up.
   */
  readonly stepUp: boolean | ((loaded: Loaded, input: Input) => boolean);
  /** Slow work, before any lock is taken: hashing, parsing a key, checking a password. */
  readonly prepare?: (input: Input, caller: Caller) => Promise<Prepared>;
  /**
   * Locks what is about to change, for whoever may change it: a stranger holds up nobody. `load` and `authorize` are
   * asked again afterwards, and what they say under the lock counts. A `load` that locks the caller's own row has no
   * need of it.
   */
  readonly lock?: (tx: Tx, work: Work<Input, Loaded>) => Promise<unknown>;
  readonly run: (tx: Tx, work: Work<Input, Loaded> & { prepared: Prepared }) => Promise<Output>;
  readonly audit: (event: {
    caller: Caller;
    input: Input;
    loaded: Loaded;
    output: Output | undefined;
  }) => AuditNote;
  /**
   * The person whose credentials or password this is about, as they were before; undefined where it is about nothing of
   * the sort. When somebody else does it, the console asks them for a reason, and the person is told.
   */
  readonly concerns?: (loaded: Loaded, input: Input) => Concerned | undefined;
  /** They are gone afterwards, and read of it by mail alone. */
  readonly endsConcerned?: boolean;
  /** Version of what is changed, for `if-match`. */
  readonly version?: (loaded: Loaded) => number;
}

export interface Work<Input, Loaded> {
  readonly caller: Caller;
  readonly input: Input;
  readonly loaded: Loaded;
}

export interface Query<Output> {
  (caller: Caller, raw: unknown): Promise<Output>;
  readonly useCase: string;
}

/** What a transport may add to a call: preconditions and the token that makes a repeat harmless. */
export interface CallOptions {
  readonly ifMatch?: string | undefined;
  readonly retry?: RetryRequest | undefined;
}

export interface Mutation<Output> {
  (caller: Caller, raw: unknown, options?: CallOptions): Promise<Output>;
  readonly useCase: string;
}

/** A verb that reads. No transaction: one statement sees one state. */
export function query<Input, Loaded, Output>(
  definition: QueryDefinition<Input, Loaded, Output>,
): Query<Output> {
  const call = async (caller: Caller, raw: unknown): Promise<Output> => {
    requireSettled(definition, caller);
    const input = parseInput(definition.input, raw);
    return await reading((tx) =>
      definition.load(tx, input, caller).then((loaded) => {
        if (loaded === undefined) throw notFound();
        const decision = definition.authorize(caller, loaded, input);
        if (!decision.allowed) throw refusalOf(decision);
        return definition.run(tx, { caller, input, loaded });
      }),
    );
  };
  return Object.assign(call, { useCase: definition.name });
}

/**
 * A verb that changes. From `load` on everything is one transaction, the audit event included: they stand or fall
 * together. A refusal by policy is recorded on its own, after nothing has happened.
 */
export function mutation<Input, Loaded, Output, Prepared = undefined>(
  definition: MutationDefinition<Input, Loaded, Output, Prepared>,
): Mutation<Output> {
  const call = async (caller: Caller, raw: unknown, options: CallOptions = {}): Promise<Output> => {
    requireSettled(definition, caller);
    const { given, reason } =
      definition.concerns === undefined ? { given: raw, reason: undefined } : takeReason(raw);
    const input = parseInput(definition.input, given);
    const { stepUp } = definition;
    if (stepUp === true) requireRecentProof(caller);
    const prepared = (await definition.prepare?.(input, caller)) as Prepared; // Undefined only where no `prepare` is declared, and then Prepared is undefined.
    let refused: Loaded | undefined;
    try {
      return await transaction((tx) => {
        const admitted = async () => {
          const loaded = await definition.load(tx, input, caller);
          if (loaded === undefined) throw notFound();
          const decision = definition.authorize(caller, loaded, input);
          if (decision.allowed) return loaded;
          refused = loaded;
          throw refusalOf(decision);
        };
        const perform = async () => {
          const first = await admitted();
          await definition.lock?.(tx, { caller, input, loaded: first });
          const loaded = definition.lock === undefined ? first : await admitted();
          if (typeof stepUp === "function" && stepUp(loaded, input)) requireRecentProof(caller);
          const person = definition.concerns?.(loaded, input);
          const other = person?.id === caller.userId ? undefined : person;
          if (other)
            requireReason(caller, other, { reason, isEnd: definition.endsConcerned === true });
          requireVersion(definition.version?.(loaded), options.ifMatch);
          const output = await definition.run(tx, { caller, input, loaded, prepared });
          const plainNote = definition.audit({ caller, input, loaded, output });
          const note = other ? withReason(plainNote, reason) : plainNote;
          await recordDone(tx, caller, definition.name, note);
          if (other) await tellPerson(tx, other, { caller, action: definition.name, note, reason });
          return { output, note };
        };
        return options.retry
          ? answerOnce(tx, caller, definition.name, options.retry, perform)
          : perform().then(({ output }) => output);
      });
    } catch (error) {
      if (refused !== undefined) {
        await recordRefusal(
          caller,
          definition.name,
          definition.audit({ caller, input, loaded: refused, output: undefined }),
        );
      }
      throw error;
    }
  };
  return Object.assign(call, { useCase: definition.name });
}

function refusalOf({ reason }: Extract<Decision, { allowed: false }>): AppError {
  return reason === "hidden"
    ? notFound()
    : new AppError(
        "second_factor_required",
        "Database passwords are shown and changed with a second factor only. Enable multi-factor authentication under Security.",
      );
}

function requireSettled(
  {
    duringForcedChange = false,
    duringEnrolment = duringForcedChange,
  }: { duringForcedChange?: boolean; duringEnrolment?: boolean },
  { proof }: Caller,
): void {
  if (proof.type !== "session") return;
  if (proof.mustChangePassword && !duringForcedChange)
    throw new AppError("must_change_password", "Change your one-time password first.");
  if (proof.mustEnrol && !duringEnrolment)
    throw new AppError("must_enrol", "Set up a second factor first.");
}

function requireRecentProof({ proof }: Caller): void {
  if (proof.type !== "session") return;
  const { stepUpMinutes } = proof.rules;
  if (proof.now > secondsAfter(proof.provedAt, stepUpMinutes * 60)) {
    throw new AppError(
      "step_up_required",
      `Enter your password again to go on: your last proof is older than ${minutesWords(stepUpMinutes)}.`,
    );
  }
}

function requireVersion(version: number | undefined, ifMatch: string | undefined): void {
  if (ifMatch === undefined || version === undefined || matchesEtag(ifMatch, etagOf(version)))
    return;
  throw new AppError("stale", "It was changed meanwhile. Read it again and repeat the change.");
}
