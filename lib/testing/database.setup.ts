import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

import { startEmbedded } from "@/lib/data/embedded";

import { dropTemplate } from "./template";

declare module "vitest" {
  export interface ProvidedContext {
    /** The address of a PostgreSQL whose role may create databases. */
    databaseUrl: string;
    /** Another one for each run. */
    databaseRun: string;
  }
}

/** Gives the whole run one PostgreSQL: the one of TEST_DATABASE_URL, else an embedded one that ends with the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide("databaseRun", randomUUID());
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined && given !== "") {
    project.provide("databaseUrl", given);
    return () => dropTemplate(given);
  }
  const dataDir = mkdtempSync(join(tmpdir(), "latchkey-test-"));
  const log = {
    info: () => undefined,
    warn: (message: string) => process.stderr.write(`${message}\n`),
  };
  const embedded = await startEmbedded({ dataDir, log });
  project.provide("databaseUrl", embedded.url);
  return async () => {
    await embedded.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
}
