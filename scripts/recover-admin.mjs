import { runBuilt } from "./lib/built-program.mjs";

/** The way back in for whoever has the host: `npm run recover-admin [-- name]`. Beside a running server or without one. */
await runBuilt("recover-admin");
