import { config } from "zod";

/**
 * Before any schema is made: whether it may compile itself is found out by `new Function`, which the content security
 * policy refuses and the browser reports.
 */
config({ jitless: true });
