import { randomBytes } from "node:crypto";

/** What machine replies and refusals carry: they load nothing. */
export const nothingPolicy =
  "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/**
 * The policy of one page, with a nonce of its own. Next reads the nonce from the request's header of the same name and
 * puts it on its scripts (decisions.md 22).
 */
export function pagePolicy({ isDevelopment }: { isDevelopment: boolean }): string {
  const nonce = randomBytes(18).toString("base64");
  const scripts = `'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ""}`;
  return [
    "default-src 'self'",
    `script-src ${scripts}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}
