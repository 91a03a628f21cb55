import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";

import { runtime } from "@/lib/config/runtime";
import { durations } from "@/lib/domain/durations";
import { isAppError } from "@/lib/domain/errors";
import { safePath } from "@/lib/domain/safe-path";
import { endSessionOfToken, findHolderOfToken } from "@/lib/services/sessions/authenticate";
import { signIn } from "@/lib/services/sessions/sign-in";
import { sessionCookieSecret } from "@/lib/services/sessions/token";

import { currentOrigin } from "./current-caller";
import { sessionCookie } from "./session-cookie";

/**
 * next-auth over our sessions: the JWT carries a session token and nothing else, and the row decides. Its provider runs
 * the same use case as the sign-in form (decisions.md 24).
 */
export function nextAuthOptions(): NextAuthOptions {
  const { name, options } = sessionCookie();
  return {
    secret: sessionCookieSecret(),
    session: { strategy: "jwt", maxAge: durations.sessionAbsolute },
    cookies: { sessionToken: { name, options } },
    pages: {
      signIn: "/sign-in",
      signOut: "/sign-in",
      error: "/sign-in",
      verifyRequest: "/sign-in",
      newUser: "/profile/details",
    },
    providers: [
      CredentialsProvider({
        credentials: {
          userName: { label: "User name" },
          password: { label: "Password", type: "password" },
        },
        authorize: async (given) => {
          const opened = await attempt({
            userName: given?.userName ?? "",
            password: given?.password ?? "",
          });
          // Whoever has a second factor signs in by the page: the code has no place here.
          return opened?.isDone
            ? { id: opened.userId, name: opened.name, sid: opened.token }
            : null;
        },
      }),
    ],
    callbacks: {
      // Whatever a client sends with an update is ignored: only a sign-in ever writes the token.
      jwt: ({ token, user, trigger }) =>
        trigger === "signIn" && "sid" in user ? { sid: user.sid } : { sid: token["sid"] },
      session: async ({ session, token }) => {
        const holder =
          typeof token["sid"] === "string" ? await findHolderOfToken(token["sid"]) : undefined;
        return holder
          ? { expires: session.expires, user: { name: holder.user.name } }
          : { expires: session.expires };
      },
      redirect: ({ url, baseUrl }) =>
        baseUrl + safePath(url.startsWith(baseUrl) ? url.slice(baseUrl.length) : url, baseUrl),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token["sid"] === "string")
          await endSessionOfToken(token["sid"], await currentOrigin());
      },
    },
    logger: {
      // Anybody may post to `_log`, with any text as its code: what is not one of next-auth's own shape is not written.
      error: (code) => {
        if (code !== "JWT_SESSION_ERROR" && /^[A-Z_]{1,60}$/.test(String(code)))
          runtime().log.warn({ code }, "next-auth refused a request");
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** Never throws: next-auth would put the text of the error into the address that it redirects to. */
async function attempt(given: { userName: string; password: string }) {
  try {
    return await signIn(await currentOrigin(), given);
  } catch (error) {
    if (!isAppError(error)) runtime().log.error({ err: error }, "a sign-in failed");
    return null;
  }
}
