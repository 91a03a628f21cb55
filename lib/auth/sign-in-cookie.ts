import "server-only";
import { cookies } from "next/headers";

import { runtime } from "@/lib/config/runtime";
import { durations } from "@/lib/domain/durations";

/**
 * The cookie of a sign-in that waits for its code. It is none of the session cookie's kind: nothing but the second step
 * ever reads it.
 */
function signInCookie() {
  const secure = runtime().env.isHttps;
  return {
    name: secure ? "__Host-latchkey.sign-in" : "latchkey.sign-in",
    options: { httpOnly: true, sameSite: "lax", path: "/", secure } as const,
  };
}

export async function setSignInCookie(token: string): Promise<void> {
  const { name, options } = signInCookie();
  (await cookies()).set(name, token, { ...options, maxAge: durations.secondFactorStep });
}

export async function clearSignInCookie(): Promise<void> {
  const { name, options } = signInCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}

export async function readSignInToken(): Promise<string | undefined> {
  return (await cookies()).get(signInCookie().name)?.value || undefined;
}
