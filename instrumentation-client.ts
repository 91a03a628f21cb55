/**
 * Before any schema is made: whether zod may compile it is found out by `new Function`, which the content security policy
 * refuses and the browser reports. What `z.config({ jitless: true })` does, without zod in the first load.
 */
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } });
