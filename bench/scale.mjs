import { runProgram } from "./bundle.mjs";

/** `npm run bench:scale [-- users]` */
await runProgram("bench-scale");
