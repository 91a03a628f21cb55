import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";

import { ConfigError } from "./config-error";
import { addMasterKey, dropFormerMasterKeys, loadMasterKeys } from "./master-key";

const good = Buffer.from(Array.from({ length: 32 }, (_, index) => index * 7)).toString("base64");

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

const loadMasterKey = (env: Parameters<typeof loadMasterKeys>[0]) => {
  const [key = Buffer.alloc(0), ...others] = loadMasterKeys(env);
  expect(others).toEqual([]);
  return key;
};

describe("the master key", () => {
  it("makes a key for its owner alone on the first start, and finds it on the next", () => {
    const dataDir = join(temporaryFolder(), "data");
    const key = loadMasterKey({ masterKey: undefined, dataDir });
    expect(key).toHaveLength(32);
    expect(statSync(join(dataDir, "master.key")).mode & 0o777).toBe(0o600);
    expect(readdirSync(dataDir)).toEqual(["master.key"]);
    expect(loadMasterKey({ masterKey: undefined, dataDir })).toEqual(key);
    expect(readFileSync(join(dataDir, "master.key"), "utf8").trim()).toBe(key.toString("base64"));
  });

  it("gives the same key to processes that start at once", { timeout: 60_000 }, async () => {
    const dataDir = join(temporaryFolder(), "data");
    const module = fileURLToPath(new URL("master-key.ts", import.meta.url));
    const program = `import { loadMasterKeys } from ${JSON.stringify(module)};
      console.log(loadMasterKeys({ masterKey: undefined, dataDir: ${JSON.stringify(dataDir)} })[0].toString("hex"));`;
    const tsx = ["--import", "tsx", "--input-type=module", "-e", program];
    const starts = Array.from({ length: 4 }, () => promisify(execFile)(process.execPath, tsx));
    const keys = (await Promise.all(starts)).map(({ stdout }) => stdout.trim());
    expect(keys[0]).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(keys).size).toBe(1);
  });

  it("prefers the key that it is given", () => {
    expect(loadMasterKey({ masterKey: good, dataDir: "/nowhere" }).toString("base64")).toBe(good);
  });

  it.each([
    ["too short", Buffer.alloc(16, 3).toString("base64"), /16 bytes and needs 32/],
    ["too long", Buffer.alloc(33, 3).toString("base64"), /33 bytes and needs 32/],
    ["all zeroes", Buffer.alloc(32).toString("base64"), /is a sample/],
    ["one letter", Buffer.alloc(32, "a").toString("base64"), /is a sample/],
    ["a repeated word", Buffer.alloc(32, "change").toString("base64"), /is a sample/],
    ["no base64", "not base64 at all!", /is not base64/],
  ])("refuses a key that is %s", (_, masterKey, message) => {
    const refused = () => loadMasterKey({ masterKey, dataDir: "/nowhere" });
    expect(refused).toThrow(ConfigError);
    expect(refused).toThrow(message);
  });

  it("refuses a file that others may read, and one that cannot be made", () => {
    const folder = temporaryFolder();
    const file = join(folder, "master.key");
    writeFileSync(file, good, { mode: 0o600 });
    chmodSync(file, 0o640);
    expect(() => loadMasterKey({ masterKey: undefined, dataDir: folder })).toThrow(
      /Other users may read .*chmod 600/,
    );
    expect(() => loadMasterKey({ masterKey: undefined, dataDir: join(file, "data") })).toThrow(
      ConfigError,
    );
  });
});

describe("two master keys", () => {
  const other = randomBytes(32).toString("base64");

  it.each([" ", "\n", "  \r\n"])("are told apart by white space (%j), the newest last", (space) => {
    const keys = loadMasterKeys({ masterKey: `${good}${space}${other}`, dataDir: "/nowhere" });
    expect(keys.map((key) => key.toString("base64"))).toEqual([good, other]);
  });

  it("are the most that there are, and both have to be good", () => {
    const load = (masterKey: string) => () => loadMasterKeys({ masterKey, dataDir: "/nowhere" });
    expect(load(`${good} ${other} ${good}`)).toThrow(/has 3 keys/);
    expect(load(`${good} short`)).toThrow(ConfigError);
  });

  it("a new one goes behind the one of the file, the former one goes, and nothing else is left", () => {
    const dataDir = temporaryFolder();
    const env = { masterKey: undefined, dataDir };
    const first = loadMasterKey(env);
    addMasterKey(env);
    const [kept, newest] = loadMasterKeys(env);
    expect(kept).toEqual(first);
    expect(newest).not.toEqual(first);
    dropFormerMasterKeys(env);
    expect(loadMasterKeys(env)).toEqual([newest]);
    dropFormerMasterKeys(env);
    expect(loadMasterKeys(env)).toEqual([newest]);
    expect(readdirSync(dataDir)).toEqual(["master.key"]);
    expect(statSync(join(dataDir, "master.key")).mode & 0o777).toBe(0o600);
  });
});
