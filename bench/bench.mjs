import { runProgram } from "./bundle.mjs";

/** `npm run bench [-- rounds seconds]` */
await runProgram("bench");
