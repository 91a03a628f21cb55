import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

import { defineConfig, type TestProjectInlineConfiguration } from "vitest/config";

/**
 * The sizes of a release take hours; a test that hangs is then for whoever watches. Limits are patience and no measure: the
 * machine may be busy with others.
 */
const patience = process.env["LATCHKEY_FULL"] === "1" ? 100 : 1;

const timed = ["budget", "enumeration", "leak-timing"].map((name) => `e2e/system/${name}.test.ts`);

const root = fileURLToPath(new URL(".", import.meta.url));

/**
 * Unit tests need nothing; service tests get a PostgreSQL from the global setup; system tests start the built server
 * and see it only from outside.
 */
export default defineConfig({
  resolve: {
    alias: [
      { find: /^@\//, replacement: root },
      { find: "server-only", replacement: `${root}lib/config/empty.ts` },
    ],
  },
  test: {
    // Two cores are the least that anybody has; vitest would leave one of them idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          // What a file leaves in memory is seen by the next: loading everything again for each took as long as the tests.
          isolate: false,
          include: [
            "lib/domain/**/*.test.ts",
            "lib/secrets/**/*.test.ts",
            "lib/config/**/*.test.ts",
            "lib/client/**/*.test.ts",
            "lib/front-door/**/*.test.ts",
            "lib/*.test.ts",
            "components/**/*.test.{ts,tsx}",
            "scripts/**/*.test.ts",
          ],
          testTimeout: 30_000 * patience,
        },
      },
      {
        extends: true,
        test: {
          name: "service",
          isolate: false,
          include: [
            "lib/data/**/*.test.ts",
            "lib/services/**/*.test.ts",
            "lib/auth/**/*.test.ts",
            "lib/actions/**/*.test.ts",
            "lib/api/**/*.test.ts",
          ],
          globalSetup: ["lib/testing/database.setup.ts"],
          testTimeout: 60_000 * patience,
          hookTimeout: 60_000,
        },
      },
      system("system", { include: ["e2e/system/**/*.test.ts"], exclude: timed }),
      // What compares times bears no neighbour, and what counts a second's work wants that second.
      system("system-timed", {
        include: timed,
        fileParallelism: false,
        sequence: { groupOrder: 1 },
      }),
    ],
  },
});

/** Each file starts servers of its own and sees them only from outside. */
function system(
  name: string,
  options: TestProjectInlineConfiguration["test"],
): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      globalSetup: ["e2e/support/system-setup.ts"],
      testTimeout: 180_000 * patience,
      hookTimeout: 120_000,
      ...options,
    },
  };
}
