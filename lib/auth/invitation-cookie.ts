import "server-only";
import { cookies } from "next/headers";

import { runtime } from "@/lib/config/runtime";

/** Long enough to read the page that it leads to. Whoever takes longer opens the link again. */
const maxAge = 60 * 60;

function invitationCookie() {
  const secure = runtime().env.isHttps;
  return {
    name: secure ? "__Secure-latchkey.invitation" : "latchkey.invitation",
    // Lax: the mail's link comes from another site.
    options: { httpOnly: true, sameSite: "lax", path: "/invitation", secure } as const,
  };
}

/** Keeps the token of a mailed link for the page that uses it, so that it leaves the address (security.md R16). */
export async function setInvitationCookie(token: string): Promise<void> {
  const { name, options } = invitationCookie();
  (await cookies()).set(name, token, { ...options, maxAge });
}

export async function clearInvitationCookie(): Promise<void> {
  const { name, options } = invitationCookie();
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}

export async function readInvitationToken(): Promise<string | undefined> {
  return (await cookies()).get(invitationCookie().name)?.value;
}
