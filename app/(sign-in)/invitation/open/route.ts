import { setInvitationCookie } from "@/lib/auth/invitation-cookie";

/**
 * Where the mailed link leads. It changes nothing, so that a scanner that follows it uses nothing up, and says nothing of
 * the token: it takes it out of the address and goes on to the page that can use it.
 */
export async function GET(request: Request): Promise<Response> {
  const token = new URL(request.url).searchParams.get("token") ?? "";
  if (isTokenLike.test(token)) await setInvitationCookie(token);
  const headers = { Location: "/invitation", "Cache-Control": "no-store" };
  return new Response(null, { status: 303, headers });
}

const isTokenLike = /^[\w-]{20,100}$/;
