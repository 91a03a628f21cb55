import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => file !== "" && existsSync(file));
const code = tracked.filter((file) => /\.(ts|tsx|mjs)$/.test(file) && !file.startsWith("drizzle/"));
const text = (file: string) => readFileSync(file, "utf8");
const isTest = (file: string) =>
  /\.(test|fixture|setup)\.tsx?$/.test(file) || /^(e2e|bench|scripts|lib\/testing)\//.test(file);

describe("the shape of the code", () => {
  it("has server actions in lib/actions and nowhere else", () => {
    const found = code.filter((file) => /^"use server";/m.test(text(file)));
    expect(found.filter((file) => !file.startsWith("lib/actions/"))).toEqual([]);
    expect(found.length).toBeGreaterThan(3);
  });

  it("has nothing but wrapped use cases in a file of actions, save the forms that work without JavaScript", () => {
    for (const file of code.filter(
      (one) =>
        one.startsWith("lib/actions/") &&
        one !== "lib/actions/forms.ts" &&
        /^"use server";/m.test(text(one)),
    )) {
      const statements = text(file)
        .replaceAll(/import [^;]+;|"use server";/g, "")
        .split(";")
        .map((one) => one.trim());
      for (const statement of statements.filter(Boolean))
        expect(statement, file).toMatch(
          /^export const \w+Action = (action|renewingAction)\(\w+\)$/,
        );
    }
  });

  it("keeps the server's layers out of the browser", () => {
    const layers = code.filter(
      (file) => /^lib\/(data|secrets|services|auth)\//.test(file) && !isTest(file),
    );
    const open = layers.filter(
      (file) =>
        !text(file).startsWith('import "server-only";') &&
        !/^lib\/(data\/schema|auth\/origin-headers)/.test(file),
    );
    // The embedded database's parts are reached through embedded.ts alone, which has the wall.
    expect(open.filter((file) => !file.startsWith("lib/data/embedded/"))).toEqual([]);
  });

  it("reads the environment in one place", () => {
    const readers = code.filter((file) => !isTest(file) && /process\.env\b/.test(text(file)));
    expect(
      readers.filter(
        (file) =>
          !["lib/config/env.ts", "server.ts"].includes(file) && !/^[a-z.]+\.config\./.test(file),
      ),
    ).toEqual([]);
  });

  it("has no barrels, no drawers for odds and ends, and no proxy", () => {
    expect(tracked.filter((file) => /(^|\/)index\.tsx?$/.test(file))).toEqual([]);
    expect(
      tracked.filter((file) => /(^|\/)(utils|helpers|common|hooks|constants)\//.test(file)),
    ).toEqual([]);
    expect(tracked.filter((file) => /^(src\/)?(proxy|middleware)\.tsx?$/.test(file))).toEqual([]);
  });

  it("names no credential kind outside its own folder", () => {
    const allowed =
      /^lib\/domain\/credentials\/|^components\/credentials\/|^lib\/domain\/(secret-format|policy|audit)|^lib\/domain\/users\/capabilities|^lib\/domain\/config-file/;
    const named = code.filter(
      (file) =>
        !isTest(file) &&
        !allowed.test(file) &&
        /["'](api_key|auth_token|customer_secret_key|smtp_credential|database_password|oauth_client_credential)["']/.test(
          text(file),
        ),
    );
    // The signature's own key is an API key by definition.
    expect(named).toEqual(["lib/data/signers.ts"]);
  });

  it("speaks of files that exist, in every document", () => {
    const documents = tracked.filter((file) => file.endsWith(".md"));
    const missing = documents.flatMap((document) =>
      [
        ...text(document).matchAll(
          /`((?:app|components|lib|docs|scripts|e2e|bench|drizzle)\/[\w./[\]()-]+)`/g,
        ),
      ]
        .map(([, path = ""]) => path.replace(/[.,]$/, ""))
        .filter((path) => !existsSync(path))
        .map((path) => `${document}: ${path}`),
    );
    expect(missing).toEqual([]);
  });
});
