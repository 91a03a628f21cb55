import type { IncomingMessage, ServerResponse } from "node:http";

import { isLoopback } from "@/lib/config/allowed-hosts";
import type { Env } from "@/lib/config/env";

/**
 * Request headers that only a proxy of ours or Next itself may set. A closed list: stripping every `x-nextjs-*` hangs
 * server components in development without any error.
 */
const stripped = [
  /^x-middleware-/,
  /^x-invoke-/,
  /^x-matched-path$/,
  /^x-now-/,
  /^x-nextjs-data$/,
  /^x-next-resume/,
  /^next-resume$/,
  /^x-forwarded-/,
  /^forwarded$/,
  /^x-real-ip$/,
  /^content-security-policy/,
];

export function stripHeaders(request: IncomingMessage): void {
  for (const name of Object.keys(request.headers)) {
    if (stripped.some((pattern) => pattern.test(name))) delete request.headers[name];
  }
}

/**
 * On every answer of the process, machine or page (security.md R61). The policy on openers goes where browsers heed it:
 * elsewhere they ignore it, and say so in the console of every page (HTML 7.1.3, "secure context").
 */
export function securityHeaders({
  isHttps,
  url,
}: Pick<Env, "isHttps" | "url">): Readonly<Record<string, string>> {
  const isSecureContext = isHttps || isLoopback(new URL(url).hostname);
  return {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    // Not `no-referrer`: forms without JavaScript would then send `Origin: null` and be refused.
    "Referrer-Policy": "same-origin",
    ...(isSecureContext ? { "Cross-Origin-Opener-Policy": "same-origin" } : {}),
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ...(isHttps ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
  };
}

export function setHeaders(response: ServerResponse, headers: Record<string, string>): void {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}
