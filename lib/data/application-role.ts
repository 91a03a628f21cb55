import "server-only";

/** The role that the pool runs as: all of the data, but only insert and select on the audit trail (decisions.md 28). */
export const applicationRole = "latchkey_app";
