/** `npm run test:full`: the sizes of a release (security.md 5). The everyday ones fit into minutes on two cores. */
export const isFull = process.env["LATCHKEY_FULL"] === "1";
