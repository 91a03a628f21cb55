/** Headers by which the front door tells Next what it knows of a connection; it overwrites what a client sends. */
export const originHeaders = {
  address: "x-latchkey-address",
  requestId: "x-latchkey-request-id",
} as const;
