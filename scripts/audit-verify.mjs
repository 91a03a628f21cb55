import { runBuilt } from "./lib/built-program.mjs";

/** Whether the audit trail is what Latchkey wrote: `npm run audit-verify [-- --head position:hash]`. */
await runBuilt("audit-verify");
