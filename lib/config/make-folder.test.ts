import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";

import { makeFolder } from "./make-folder";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "latchkey-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe("a folder", () => {
  it("is made with those above it, and may be there already", () => {
    const folder = join(temporaryFolder(), "one", "two");
    makeFolder(folder, 0o711);
    makeFolder(folder, 0o700);
    expect(statSync(folder).mode & 0o777).toBe(0o711);
    const link = join(folder, "link");
    symlinkSync(folder, link);
    makeFolder(link, 0o700);
    makeFolder("/", 0o700);
  });

  it("is refused below a file, in place of one, and behind a link that leads nowhere", () => {
    const file = join(temporaryFolder(), "file");
    writeFileSync(file, "");
    expect(() => makeFolder(file, 0o700)).toThrow("EEXIST");
    expect(() => makeFolder(join(file, "one", "two"), 0o700)).toThrow("ENOTDIR");
    symlinkSync(`${file}-absent`, `${file}-link`);
    expect(() => makeFolder(`${file}-link`, 0o700)).toThrow("EEXIST");
    expect(() => makeFolder(join(`${file}-link`, "one"), 0o700)).toThrow("EEXIST");
  });

  it.runIf(process.platform === "linux")("is refused where the system takes none", () => {
    expect(() => makeFolder("/proc/latchkey/data", 0o700)).toThrow("ENOENT");
  });
});
