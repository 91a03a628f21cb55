"use server";

import { redirect } from "next/navigation";

import { currentCaller, currentOrigin } from "@/lib/auth/current-caller";
import { clearLinkCookie, readLinkToken } from "@/lib/auth/link-cookie";
import { keepForPage } from "@/lib/auth/made-here";
import { readSessionToken, setSessionCookie } from "@/lib/auth/session-cookie";
import { clearSignInCookie, readSignInToken, setSignInCookie } from "@/lib/auth/sign-in-cookie";
import { runtime } from "@/lib/config/runtime";
import { homePath, safePath } from "@/lib/domain/safe-path";
import { confirmEmail } from "@/lib/services/email-confirmations/confirm-email";
import { acceptInvitation } from "@/lib/services/invitations/accept-invitation";
import { reportLeak } from "@/lib/services/leaks/report-leak";
import { changePassword } from "@/lib/services/passwords/change-password";
import { requestTemporaryPassword } from "@/lib/services/passwords/request-temporary-password";
import { endSessionOfToken } from "@/lib/services/sessions/authenticate";
import { completeSignIn } from "@/lib/services/sessions/complete-sign-in";
import { type SignedIn, signIn } from "@/lib/services/sessions/sign-in";

import type { ActionProblem } from "./result";
import { begin, run } from "./run";

/** State of a form that works without JavaScript. It never holds a secret: it outlives the submission (decisions.md 33a). */
export interface FormState {
  readonly error?: ActionProblem;
  readonly userName?: string;
  readonly isDone?: boolean;
}

/** What was typed. Whatever is no form, which only a forged request sends, has nothing in it. */
const text = (form: unknown, name: string) => {
  const value = form instanceof FormData ? form.get(name) : undefined;
  return typeof value === "string" ? value : "";
};

export async function signInAction(_state: FormState, form: FormData): Promise<FormState> {
  const userName = text(form, "userName");
  const password = text(form, "password");
  const unanswered = missing({ userName, password });
  if (unanswered) return { error: unanswered, userName };
  const result = await run(async () => signIn(await currentOrigin(), { userName, password }));
  if (!result.ok) return { error: result.error, userName };
  if (result.output.isDone) return enter(result.output, form);
  await setSignInCookie(result.output.token);
  const next = safePath(text(form, "callbackUrl"), runtime().env.url);
  redirect(`/sign-in/second-factor?callbackUrl=${encodeURIComponent(next)}`);
}

/** The second half of a sign-in: a code of the app or for recovery. */
export async function secondFactorAction(_state: FormState, form: FormData): Promise<FormState> {
  await begin();
  const code = text(form, "code");
  const token = await readSignInToken();
  if (token === undefined) redirect("/sign-in");
  const unanswered = missing({ code });
  if (unanswered) return { error: unanswered };
  const result = await run(async () => completeSignIn(await currentOrigin(), { token, code }));
  if (!result.ok) return { error: result.error };
  await clearSignInCookie();
  return enter(result.output, form);
}

/** Puts the new session into the browser and goes on to where its person wanted to go. */
async function enter({ token, mustChangePassword }: SignedIn, form: unknown): Promise<never> {
  await replaceSession(token);
  redirect(
    mustChangePassword
      ? "/change-password"
      : safePath(text(form, "callbackUrl"), runtime().env.url),
  );
}

/** A browser has one session: whoever signs in again leaves none of theirs behind. */
async function replaceSession(token: string): Promise<void> {
  const former = await readSessionToken();
  const origin = await currentOrigin();
  if (former !== undefined) await run(() => endSessionOfToken(former, origin));
  await setSessionCookie(token);
}

export async function requestTemporaryPasswordAction(
  _state: FormState,
  form: FormData,
): Promise<FormState> {
  const userName = text(form, "userName");
  const result = await run(async () =>
    requestTemporaryPassword(await currentOrigin(), { userName }),
  );
  return result.ok ? { isDone: true, userName } : { error: result.error, userName };
}

/** The password is in no state either: the page that this request draws shows it. */
export async function acceptInvitationAction(): Promise<FormState> {
  const token = (await readLinkToken("invitation")) ?? "";
  const origin = await currentOrigin();
  const result = await run(() => acceptInvitation(origin, { token }));
  if (!result.ok) return { error: result.error };
  await clearLinkCookie("invitation");
  keepForPage(origin.requestId, result.output);
  return { isDone: true };
}

export async function confirmEmailAction(): Promise<FormState> {
  const token = (await readLinkToken("confirm-email")) ?? "";
  const result = await run(async () => confirmEmail(await currentOrigin(), { token }));
  if (!result.ok) return { error: result.error };
  await clearLinkCookie("confirm-email");
  return { isDone: true, userName: result.output.userName };
}

/** What was typed is in no state: the answer must not hold it. */
export async function reportLeakAction(_state: FormState, form: FormData): Promise<FormState> {
  const result = await run(async () =>
    reportLeak(await currentOrigin(), { text: text(form, "text") }),
  );
  return result.ok ? { isDone: true } : { error: result.error };
}

export async function changePasswordAction(_state: FormState, form: FormData): Promise<FormState> {
  await begin();
  const typed = {
    currentPassword: text(form, "currentPassword"),
    newPassword: text(form, "newPassword"),
    confirmNewPassword: text(form, "confirmNewPassword"),
  };
  const unanswered = missing(typed);
  if (unanswered) return { error: unanswered };
  const result = await run(async () => {
    const caller = await currentCaller();
    if (!caller) return undefined;
    const wasForced = caller.proof.type === "session" && caller.proof.mustChangePassword;
    return { wasForced, ...(await changePassword(caller, typed)) };
  });
  if (!result.ok) return { error: result.error };
  if (!result.output) redirect("/sign-in");
  await setSessionCookie(result.output.token);
  redirect(result.output.wasForced ? homePath : "/profile/security?passwordChanged");
}

/** An empty field is a slip, not an attempt: it must not count towards the lockout. */
function missing(typed: Record<string, string>): ActionProblem | undefined {
  const empty = Object.entries(typed).filter(([, value]) => value.trim() === "");
  const fields = Object.fromEntries(empty.map(([name]) => [name, whatToEnter[name] ?? ""]));
  if (empty.length === 0) return undefined;
  return { code: "missing_input", message: Object.values(fields).join(" "), fields };
}

const whatToEnter: Readonly<Record<string, string>> = {
  userName: "Enter your user name.",
  password: "Enter your password.",
  code: "Enter the code.",
  currentPassword: "Enter your current password.",
  newPassword: "Enter a new password.",
  confirmNewPassword: "Enter the new password again.",
};
