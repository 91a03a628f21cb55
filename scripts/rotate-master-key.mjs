import { runBuilt } from "./lib/built-program.mjs";

/** Replaces the master key while servers run: `npm run rotate-master-key`. Interrupted, it goes on when run again. */
await runBuilt("rotate-master-key");
