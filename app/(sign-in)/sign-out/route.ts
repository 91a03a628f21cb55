import { run } from "@/lib/actions/run";
import { currentCaller } from "@/lib/auth/current-caller";
import { clearSessionCookie } from "@/lib/auth/session-cookie";
import { signOut } from "@/lib/services/sessions/sign-out";

/**
 * An address and not a server action: the browser loads a new document, and with the old one goes all that it held in
 * memory. Whatever the server says, this browser has no session afterwards.
 */
export async function POST(): Promise<Response> {
  await run(async () => {
    const caller = await currentCaller();
    if (caller) await signOut(caller, {});
  });
  await clearSessionCookie();
  const headers = {
    Location: "/sign-in",
    "Cache-Control": "no-store",
    // Cookies would take those of every other service on the domain, and what is stored is how somebody likes the console.
    "Clear-Site-Data": '"cache"',
  };
  return new Response(null, { status: 303, headers });
}
