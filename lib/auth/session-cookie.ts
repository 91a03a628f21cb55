import "server-only";
import { cookies } from "next/headers";
import { decode, encode } from "next-auth/jwt";

import { runtime } from "@/lib/config/runtime";
import { durations } from "@/lib/domain/durations";
import { sessionCookieSecret } from "@/lib/services/sessions/token";

/** Name and attributes of the session cookie (decisions.md 23). `__Host-` needs https. */
export function sessionCookie() {
  const secure = runtime().env.isHttps;
  return {
    name: secure ? "__Host-latchkey.session" : "latchkey.session",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure } as const,
  };
}

/** Puts a session into the browser, as the cookie that next-auth itself would set: it carries a session token only. */
export async function setSessionCookie(token: string): Promise<void> {
  const { name, options } = sessionCookie();
  const value = await encode({
    token: { sid: token },
    secret: sessionCookieSecret(),
    maxAge: durations.sessionAbsolute,
  });
  (await cookies()).set(name, value, { ...options, maxAge: durations.sessionAbsolute });
}

export async function clearSessionCookie(): Promise<void> {
  const { name, options } = sessionCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}

/** The session token of the current request. A cookie that cannot be read means signed out, not an error. */
export async function readSessionToken(): Promise<string | undefined> {
  const value = (await cookies()).get(sessionCookie().name)?.value;
  if (!value) return undefined;
  try {
    const jwt = await decode({ token: value, secret: sessionCookieSecret() });
    return typeof jwt?.["sid"] === "string" ? jwt["sid"] : undefined;
  } catch {
    return undefined;
  }
}
