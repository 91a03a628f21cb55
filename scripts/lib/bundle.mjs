import { root } from "./run.mjs";

/** What runs in plain Node, outside Next. */
export const programs = [
  "server.ts",
  "scripts/recover-admin.ts",
  "scripts/audit-verify.ts",
  "scripts/rotate-master-key.ts",
];

/** How esbuild bundles a program of ours that runs in plain Node, outside Next. */
export const nodeBundle = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  packages: "external",
  // `server-only` throws outside Next's own bundler, which is where this code runs.
  alias: { "server-only": "./lib/config/empty.ts", "@": root },
  logLevel: "warning",
};
