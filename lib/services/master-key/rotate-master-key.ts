import "server-only";
import { setTimeout as sleep } from "node:timers/promises";

import { ConfigError } from "@/lib/config/config-error";
import { addMasterKey, dropFormerMasterKeys } from "@/lib/config/master-key";
import { runtime } from "@/lib/config/runtime";
import { insertAuditEvent } from "@/lib/data/audit";
import { reading, transaction, type Tx } from "@/lib/data/db";
import {
  findMasterKey,
  forgetPreviousKey,
  lockMasterKey,
  type MasterKeyState,
  rotatingAlone,
  turnMasterKey,
} from "@/lib/data/master-key";
import { listServers } from "@/lib/data/servers";
import { isAppError } from "@/lib/domain/errors";
import { rootKeyPlace } from "@/lib/domain/sealed-place";
import { reseal } from "@/lib/secrets/seal";

import { hostEventOn } from "../audit/host-event";
import { countOthers, rewrap } from "./rewrap";

export interface Rotation {
  readonly currentId: string;
  readonly previousId: string;
  /** How many values this run wrapped anew; an interrupted one before it may have done the rest. */
  readonly rewrapped: number;
  /** Where the keys are given by the environment, only the operator can take the former one away. */
  readonly formerIsConfigured: boolean;
}

/**
 * Replaces the master key while servers run: waits until each of them knows the new key, seals everything new with it,
 * wraps anew what is sealed with the former one, and forgets that one when nothing needs it any more. Interrupted
 * anywhere, the next run goes on. Throws `ConfigError` for what only the operator can do.
 */
export async function rotateMasterKey(
  tell: (sentence: string) => void = () => undefined,
): Promise<Rotation> {
  const rotation = await rotatingAlone(() => rotate(tell));
  if (rotation === undefined)
    throw new ConfigError("Another rotation of the master key is running.");
  return rotation;
}

async function rotate(tell: (sentence: string) => void): Promise<Rotation> {
  const before = await stateOf();
  const left = leftBehind(before);
  if (left !== undefined) return left;
  if (before.previousId !== null) tell("Going on with a rotation that was interrupted.");
  const { currentId, previousId } = before.previousId === null ? await turn(before, tell) : before;
  if (previousId === null) throw new Error("A rotation has begun without a former key.");
  const rewrapped = await finish(currentId, tell);
  return {
    currentId,
    previousId,
    rewrapped,
    formerIsConfigured: !dropFormerKey(currentId),
  };
}

/** An interrupted run had come to its end but for the former key in the file: that is all there is to do. */
function leftBehind({ currentId, previousId }: MasterKeyState): Rotation | undefined {
  const { env, masterKeys } = runtime();
  const [formerId, newestId] = masterKeys.ids();
  if (env.masterKey !== undefined || previousId !== null) return undefined;
  if (formerId === undefined || newestId !== currentId) return undefined;
  dropFormerMasterKeys(env);
  return { currentId, previousId: formerId, rewrapped: 0, formerIsConfigured: false };
}

/** From the key in force to the one that comes after it. */
async function turn(
  before: MasterKeyState,
  tell: (sentence: string) => void,
): Promise<MasterKeyState> {
  const nextId = prepareKey(before.currentId);
  await everyServerKnows(nextId, tell);
  // Waits for whoever is sealing at the moment; when there are too many, it tries again.
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction((tx) => turnTo(tx, nextId));
    } catch (error) {
      if (!isAppError(error) || error.code !== "unavailable" || attempt === mostAttempts)
        throw error;
    }
  }
}

/** The id of the next key. It is made where Latchkey keeps the keys itself. */
function prepareKey(currentId: string): string {
  const { env, masterKeys } = runtime();
  masterKeys.refresh();
  if (masterKeys.ids().at(-1) === currentId) {
    if (env.masterKey !== undefined) throw new ConfigError(howToGiveTwo);
    addMasterKey(env);
    masterKeys.refresh();
  }
  const nextId = masterKeys.ids().at(-1);
  if (nextId === undefined || nextId === currentId) throw new Error("No new key was made.");
  return nextId;
}

async function everyServerKnows(keyId: string, tell: (sentence: string) => void): Promise<void> {
  for (let waited = 0; ; waited += pollMilliseconds) {
    const ignorant = (await reading(listServers)).filter(
      ({ masterKeyIds }) => !masterKeyIds.includes(keyId),
    );
    if (ignorant.length === 0) return;
    const names = ignorant.map(({ name }) => name).join(", ");
    if (waited >= longestWaitMilliseconds)
      throw new ConfigError(
        `These servers do not know the new master key: ${names}. Give it to them behind the one in force, restart them, and run this again. Nothing has been changed.`,
      );
    if (waited === 0) tell(`Waiting until every server knows the new key: ${names}.`);
    await sleep(pollMilliseconds);
  }
}

async function turnTo(tx: Tx, nextId: string): Promise<MasterKeyState> {
  const state = await lockMasterKey(tx);
  const { masterKeys } = runtime();
  const next = masterKeys.find(nextId);
  if (!state || !next) throw new Error("The master key or its state is gone.");
  if (state.previousId !== null) return state;
  const turned = {
    currentId: nextId,
    previousId: state.currentId,
    sealedRootKey: reseal(next, masterKeys, state.sealedRootKey, rootKeyPlace),
  };
  await turnMasterKey(tx, turned);
  await recordRotation(tx, "beginMasterKeyRotation", turned);
  return { ...state, ...turned };
}

/** Wraps anew until nothing is left, and forgets the former key in the same breath as it looks for the last time. */
async function finish(currentId: string, tell: (sentence: string) => void): Promise<number> {
  let rewrapped = 0;
  for (;;) {
    const pass = await rewrap(currentId, (done) => tell(`${rewrapped + done} values done.`));
    rewrapped += pass.rewrapped;
    const left = await transaction((tx) => forgetIfUnused(tx, currentId));
    if (left === 0) return rewrapped;
    if (left === pass.broken.length)
      throw new ConfigError(
        `These values cannot be opened with the former key nor with the new one: ${pass.broken.join(", ")}. Bring them back from a backup or delete what they belong to, and run this again. Until then both keys are needed.`,
      );
    await sleep(pollMilliseconds);
  }
}

async function forgetIfUnused(tx: Tx, currentId: string): Promise<number> {
  const state = await lockMasterKey(tx);
  const left = await countOthers(tx, currentId);
  if (left === 0 && state?.previousId) {
    await forgetPreviousKey(tx);
    await recordRotation(tx, "rotateMasterKey", { currentId, previousId: state.previousId });
  }
  return left;
}

/** Whether the former key is gone from where the keys are kept. */
function dropFormerKey(currentId: string): boolean {
  const { env, masterKeys } = runtime();
  if (env.masterKey !== undefined) return false;
  masterKeys.refresh();
  if (masterKeys.ids().at(-1) === currentId) dropFormerMasterKeys(env);
  return true;
}

async function recordRotation(
  tx: Tx,
  action: string,
  { currentId, previousId }: { currentId: string; previousId: string },
): Promise<void> {
  const subject = { type: "master_key", id: currentId, name: currentId };
  const event = hostEventOn(action, { owner: null, subject, details: { previousId } });
  await insertAuditEvent(tx, event);
}

async function stateOf(): Promise<MasterKeyState> {
  const state = await reading(findMasterKey);
  if (!state) throw new Error("No master key is in force: the start of the process sets it.");
  return state;
}

const howToGiveTwo =
  "LATCHKEY_MASTER_KEY has no key behind the one in force. Make one with `openssl rand -base64 32`, set LATCHKEY_MASTER_KEY to the one in force, a space, and the new one, restart every server with that, and run this again with the same. Nothing has been changed.";

const pollMilliseconds = 250;
const longestWaitMilliseconds = 60_000;
const mostAttempts = 20;
