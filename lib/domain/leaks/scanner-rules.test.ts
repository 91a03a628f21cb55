import { randomBytes } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { describe, expect, it } from "vitest";

import { mintSecret, secretFormats, secretKinds, secretPattern } from "../secret-format";
import { scannerRules } from "./scanner-rules";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const rules = Object.entries(scannerRules());

/** The expressions of a file, as its scanner reads them. */
const expressions: Record<string, (text: string) => string[]> = {
  "gitleaks.toml": (text) =>
    Array.from(text.matchAll(/^regex = '''(.*)'''$/gm), ([, one]) => one ?? ""),
  "secretlintrc.json": (text) =>
    JSON.parse(text).rules[0].options.patterns.map(({ pattern }: { pattern: string }) =>
      pattern.slice(1, -1),
    ),
  "github.json": (text) =>
    JSON.parse(text).map(({ secretFormat, beforeSecret, afterSecret }: Record<string, string>) =>
      `(?:${beforeSecret})(?<secret>${secretFormat})(?:${afterSecret})`
        .replace(String.raw`\A`, "^")
        .replace(String.raw`\z`, "$"),
    ),
};

describe.each(rules)("%s", (name, generated) => {
  it("is checked in as it is generated; `npm run scanner-rules` writes it anew", () =>
    expect(generated).toMatchFileSnapshot(join(root, "docs/scanners", name)));

  it("finds 1,000 of 1,000 planted secrets, each by the rule of its kind", () => {
    const found = (expressions[name]?.(generated) ?? []).map((one) => new RegExp(one, "g"));
    expect(found).toHaveLength(secretKinds.length);
    secretKinds.forEach((kind, index) => {
      const secrets = Array.from({ length: 1_000 / secretKinds.length }, () =>
        mintSecret(kind, randomBytes),
      );
      for (const secret of secrets) {
        const texts = [secret, `TOKEN="${secret}"\n`, `https://u:${secret}@host/`, `- ${secret};`];
        for (const text of texts) {
          const hits = found.map((one) =>
            Array.from(text.matchAll(one), (hit) => hit.groups?.["secret"] ?? hit[0]),
          );
          expect(hits).toEqual(secretKinds.map((_, other) => (other === index ? [secret] : [])));
        }
      }
    });
  });
});

it("no file of this repository looks like a secret of ours", () => {
  const any = new RegExp(secretKinds.map(secretPattern).join("|"));
  const files = ["app", "bench", "components", "docs", "drizzle", "e2e", "lib", "scripts"]
    .flatMap((folder) => filesBelow(join(root, folder)))
    .concat(
      ["README.md", "SECURITY.md", "server.ts", "package.json"].map((file) => join(root, file)),
    );
  const hits = files.filter((file) => any.test(readFileSync(file, "latin1")));
  expect(files.length).toBeGreaterThan(500);
  expect(hits).toEqual([]);
});

it("the documentation names every prefix and what it is of", () => {
  const text = readFileSync(join(root, "docs/secret-formats.md"), "utf8");
  for (const { prefix, noun } of Object.values(secretFormats))
    expect(text).toContain(`| \`${prefix}\` | ${noun} |`);
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : [path];
  });
}
