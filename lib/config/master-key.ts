import { randomBytes, randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";

import { ConfigError } from "./config-error";

const keyBytes = 32;
const advice = "Make one with: openssl rand -base64 32";

/**
 * The 32 bytes that seal recoverable secrets and sign sessions: from LATCHKEY_MASTER_KEY, else from the file
 * `master.key` of the data directory, which is made on the first start. Two first starts at once get the same key.
 */
export function loadMasterKey(env: { masterKey: string | undefined; dataDir: string }): Buffer {
  if (env.masterKey !== undefined) return decode(env.masterKey, "LATCHKEY_MASTER_KEY");
  const file = join(env.dataDir, "master.key");
  return readKey(file) ?? makeKey(file);
}

function readKey(file: string): Buffer | undefined {
  let content: string;
  try {
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new ConfigError(
        `Other users may read ${file}. Run: chmod 600 ${file}, and consider replacing the key.`,
      );
    }
    content = readFileSync(file, "utf8");
  } catch (error) {
    if (isCode(error, "ENOENT")) return undefined;
    if (error instanceof ConfigError) throw error;
    throw new ConfigError(`${file} cannot be read. Give it to the user that runs Latchkey.`, error);
  }
  return decode(content, file);
}

function makeKey(file: string): Buffer {
  const draft = `${file}.${randomUUID()}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o711 });
    writeDurably(draft, `${randomBytes(keyBytes).toString("base64")}\n`);
    linkIfFirst(draft, file);
    unlinkSync(draft);
    syncFolder(dirname(file));
  } catch (error) {
    throw new ConfigError(
      `The master key cannot be written to ${file}. Make that folder writable, or set LATCHKEY_DATA.`,
      error,
    );
  }
  const key = readKey(file);
  if (key === undefined)
    throw new ConfigError(`${file} has vanished while Latchkey started. Start again.`);
  return key;
}

/** A link, unlike a rename, never replaces the key that another starter made a moment ago. */
function linkIfFirst(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  }
}

function writeDurably(file: string, content: string): void {
  const handle = openSync(file, "wx", 0o600);
  writeSync(handle, content);
  fsyncSync(handle);
  closeSync(handle);
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, "r");
  fsyncSync(handle);
  closeSync(handle);
}

function decode(text: string, source: string): Buffer {
  const value = text.trim();
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(value))
    throw new ConfigError(`${source} is not base64. ${advice}`);
  const key = Buffer.from(value, "base64");
  if (key.length !== keyBytes) {
    throw new ConfigError(`${source} has ${key.length} bytes and needs ${keyBytes}. ${advice}`);
  }
  // Fewer than 9 different bytes: real keys have at least that many, samples such as "aaaa…" or "0123" do not.
  if (new Set(key).size < 9)
    throw new ConfigError(`${source} is a sample, not a random key. ${advice}`);
  return key;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
