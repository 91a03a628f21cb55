import { mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

import {
  buildHash,
  isBuilt,
  isInstalled,
  markBuilt,
  markInstalled,
  unmarkBuilt,
} from "./freshness.mjs";

function tree(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "latchkey-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, content] of Object.entries(files)) put(root, path, content);
  return root;
}

function put(root: string, path: string, content: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), content);
}

function builtTree(): string {
  const root = tree({
    "lib/a.ts": "ab",
    "lib/deep/b.ts": "c",
    "server.ts": "",
    "dist/server.js": "",
  });
  markBuilt(root, buildHash(root));
  return root;
}

describe("a build", () => {
  it("is fresh until a source changes, whatever the clock of the files says", () => {
    const root = builtTree();
    expect(isBuilt(root)).toBe(true);
    utimesSync(join(root, "lib/a.ts"), new Date(), new Date());
    put(root, "docs/readme.md", "not a source");
    expect(isBuilt(root)).toBe(true);
  });

  it.each<[string, (root: string) => void]>([
    ["a changed file", (root) => put(root, "lib/deep/b.ts", "d")],
    ["a new file", (root) => put(root, "lib/new.ts", "")],
    ["a deleted file", (root) => rmSync(join(root, "server.ts"))],
    ["a renamed file", (root) => renameSync(join(root, "lib/a.ts"), join(root, "lib/z.ts"))],
    [
      "text that moved to the next file",
      (root) => (put(root, "lib/a.ts", "a"), put(root, "lib/deep/b.ts", "bc")),
    ],
    ["a changed lock file", (root) => put(root, "package-lock.json", "{}")],
    ["a missing bundle", (root) => rmSync(join(root, "dist/server.js"))],
    ["a build that began and did not end", unmarkBuilt],
  ])("is stale after %s", (_, change) => {
    const root = builtTree();
    change(root);
    expect(isBuilt(root)).toBe(false);
  });

  it("is stale when a source changed while it ran", () => {
    const root = builtTree();
    const hash = buildHash(root);
    put(root, "lib/a.ts", "changed during the build");
    markBuilt(root, hash);
    expect(isBuilt(root)).toBe(false);
  });
});

describe("an installation", () => {
  const lock = (packages: object) => JSON.stringify({ packages: { "": {}, ...packages } });
  const wanted = lock({
    "node_modules/a": { version: "1.0.0" },
    "node_modules/b": { version: "2.0.0", optional: true },
  });

  it("is missing without node_modules, and stale once the lock file changed", () => {
    const root = tree({ "package.json": "{}", "package-lock.json": wanted });
    expect(isInstalled(root)).toBe(false);
    markInstalled(root);
    expect(isInstalled(root)).toBe(true);
    put(root, "package-lock.json", wanted.replace("1.0.0", "1.0.1"));
    expect(isInstalled(root)).toBe(false);
  });

  it.each([
    ["whole", { "node_modules/a": { version: "1.0.0" } }, true],
    ["of another version", { "node_modules/a": { version: "0.9.0" } }, false],
    ["without the development packages", {}, false],
  ])("made by npm itself counts when it is %s", (_, present, expected) => {
    const root = tree({
      "package-lock.json": wanted,
      "node_modules/.package-lock.json": lock(present),
    });
    expect(isInstalled(root)).toBe(expected);
  });
});
