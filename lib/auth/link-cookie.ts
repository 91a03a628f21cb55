import "server-only";
import { cookies } from "next/headers";

import { runtime } from "@/lib/config/runtime";

/** The page that a mailed link leads to. */
export type LinkPage = "invitation" | "confirm-email";

/** Long enough to read the page that it leads to. Whoever takes longer opens the link again. */
const maxAge = 60 * 60;

function linkCookie(page: LinkPage) {
  const secure = runtime().env.isHttps;
  return {
    name: `${secure ? "__Secure-" : ""}latchkey.${page}`,
    // Lax: the mail's link comes from another site.
    options: { httpOnly: true, sameSite: "lax", path: `/${page}`, secure } as const,
  };
}

export async function clearLinkCookie(page: LinkPage): Promise<void> {
  const { name, options } = linkCookie(page);
  (await cookies()).set(name, "", { ...options, maxAge: 0 });
}

export async function readLinkToken(page: LinkPage): Promise<string | undefined> {
  return (await cookies()).get(linkCookie(page).name)?.value;
}

/**
 * Answers a mailed link. It changes nothing, so that a scanner that follows it uses nothing up, and says nothing of the
 * token: it takes it out of the address (security.md R16) and goes on to the page that can use it.
 */
export async function openMailedLink(page: LinkPage, request: Request): Promise<Response> {
  const token = new URL(request.url).searchParams.get("token") ?? "";
  const { name, options } = linkCookie(page);
  if (isTokenLike.test(token)) (await cookies()).set(name, token, { ...options, maxAge });
  const headers = { Location: `/${page}`, "Cache-Control": "no-store" };
  return new Response(null, { status: 303, headers });
}

const isTokenLike = /^[\w-]{20,100}$/;
