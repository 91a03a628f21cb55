import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

/** The sizes of a release take hours; a test that hangs is then for whoever watches. */
const patience = process.env["LATCHKEY_FULL"] === "1" ? 100 : 1;

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
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
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
        },
      },
      {
        extends: true,
        test: {
          name: "service",
          include: [
            "lib/data/**/*.test.ts",
            "lib/services/**/*.test.ts",
            "lib/auth/**/*.test.ts",
            "lib/actions/**/*.test.ts",
            "lib/api/**/*.test.ts",
          ],
          globalSetup: ["lib/testing/database.setup.ts"],
          testTimeout: 30_000 * patience,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "system",
          include: ["e2e/system/**/*.test.ts"],
          globalSetup: ["e2e/support/system-setup.ts"],
          // Each file starts servers of its own; two cores bear one file at a time.
          fileParallelism: false,
          testTimeout: 180_000 * patience,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
