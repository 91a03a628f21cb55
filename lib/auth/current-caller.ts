import "server-only";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";

import {
  type Caller,
  mustChangeFirst,
  mustEnrolFirst,
  type RequestOrigin,
} from "@/lib/domain/caller";

import { callerFromSession } from "./caller";
import { originHeaders } from "./origin-headers";
import { noteUser } from "./request-notes";
import { readSessionToken } from "./session-cookie";

export async function currentOrigin(): Promise<RequestOrigin> {
  const given = await headers();
  return {
    requestId: given.get(originHeaders.requestId) ?? "",
    address: given.get(originHeaders.address) ?? "",
    client: (given.get("user-agent") ?? "").slice(0, 400),
  };
}

/** Who is signed in, asked of the database once per request; undefined when nobody is. */
export const currentCaller = cache(async (): Promise<Caller | undefined> => {
  const token = await readSessionToken();
  if (token === undefined) return undefined;
  const origin = await currentOrigin();
  const caller = await callerFromSession(token, origin);
  if (caller) noteUser(origin.requestId, caller.userId);
  return caller;
});

/** For pages: the caller, or off to sign-in (with the way back) or to what must be done first: a new password, a second factor. */
export async function requireCaller(path: string): Promise<Caller> {
  const caller = await currentCaller();
  if (!caller) redirect(`/sign-in?callbackUrl=${encodeURIComponent(path)}`);
  if (mustChangeFirst(caller)) redirect("/change-password");
  if (mustEnrolFirst(caller))
    redirect(`/sign-in/second-factor?callbackUrl=${encodeURIComponent(path)}`);
  return caller;
}
