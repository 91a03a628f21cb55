import { randomBytes, randomUUID } from "node:crypto";
import {
  closeSync,
  fchownSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { ConfigError } from "./config-error";
import { errorCode } from "./error-code";
import { makeFolder } from "./make-folder";

const keyBytes = 32;
const advice = "Make one with: openssl rand -base64 32";

interface Source {
  readonly masterKey: string | undefined;
  readonly dataDir: string;
}

/**
 * The keys of 32 bytes that wrap what is sealed: from LATCHKEY_MASTER_KEY, else from the file `master.key` of the data
 * directory, which is made on the first start. There is one, or while it is being rotated two, the newest last. Two
 * first starts at once get the same key.
 */
export function loadMasterKeys(env: Source): Buffer[] {
  if (env.masterKey !== undefined) return decode(env.masterKey, "LATCHKEY_MASTER_KEY");
  const file = fileOf(env);
  return readKeys(file) ?? makeFile(file);
}

/** Puts a new key behind those of the file. */
export function addMasterKey(env: Source): void {
  replaceFile(fileOf(env), [...loadMasterKeys(env), randomBytes(keyBytes)]);
}

/** Leaves only the newest key in the file. */
export function dropFormerMasterKeys(env: Source): void {
  replaceFile(fileOf(env), loadMasterKeys(env).slice(-1));
}

const fileOf = ({ dataDir }: Source) => join(dataDir, "master.key");

function readKeys(file: string): Buffer[] | undefined {
  let content: string;
  try {
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new ConfigError(
        `Other users may read ${file}. Run: chmod 600 ${file}, and consider replacing the key.`,
      );
    }
    content = readFileSync(file, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`${file} cannot be read. Give it to the user that runs Latchkey.`, error);
  }
  return decode(content, file);
}

function makeFile(file: string): Buffer[] {
  const draft = `${file}.${randomUUID()}`;
  try {
    makeFolder(dirname(file), 0o711);
    writeDurably(draft, textOf([randomBytes(keyBytes)]));
    linkIfFirst(draft, file);
    unlinkSync(draft);
    syncFolder(dirname(file));
  } catch (error) {
    throw new ConfigError(
      `The master key cannot be written to ${file}. Make that folder writable, or set LATCHKEY_DATA.`,
      error,
    );
  }
  const keys = readKeys(file);
  if (keys === undefined)
    throw new ConfigError(`${file} has vanished while Latchkey started. Start again.`);
  return keys;
}

/** In one step, so that a server which reads it meanwhile finds the old keys or the new. */
function replaceFile(file: string, keys: readonly Buffer[]): void {
  const draft = `${file}.${randomUUID()}`;
  try {
    // The command may be run by root for a server that is not.
    writeDurably(draft, textOf(keys), statSync(file));
    renameSync(draft, file);
    syncFolder(dirname(file));
  } catch (error) {
    throw new ConfigError(
      `The master key cannot be written to ${file}. Run this as the user that runs Latchkey.`,
      error,
    );
  }
}

const textOf = (keys: readonly Buffer[]) =>
  keys.map((key) => `${key.toString("base64")}\n`).join("");

/** A link, unlike a rename, never replaces the key that another starter made a moment ago. */
function linkIfFirst(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (errorCode(error) !== "EEXIST") throw error;
  }
}

function writeDurably(file: string, content: string, owner?: { uid: number; gid: number }): void {
  const handle = openSync(file, "wx", 0o600);
  try {
    if (owner) fchownSync(handle, owner.uid, owner.gid);
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

function decode(text: string, source: string): Buffer[] {
  const values = text.trim().split(/\s+/);
  if (!values.every((value) => /^[A-Za-z0-9+/]+={0,2}$/.test(value)))
    throw new ConfigError(`${source} is not base64. ${advice}`);
  if (values.length > 2)
    throw new ConfigError(
      `${source} has ${values.length} keys. There are at most two: the one in force, then the one that replaces it.`,
    );
  return values.map((value) => decodeOne(value, source));
}

function decodeOne(value: string, source: string): Buffer {
  const key = Buffer.from(value, "base64");
  if (key.length !== keyBytes) {
    throw new ConfigError(`${source} has ${key.length} bytes and needs ${keyBytes}. ${advice}`);
  }
  // Fewer than 9 different bytes: real keys have at least that many, samples such as "aaaa…" or "0123" do not.
  if (new Set(key).size < 9)
    throw new ConfigError(`${source} is a sample, not a random key. ${advice}`);
  return key;
}
