import { randomUUID } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { ConsoleSession } from "./console-session";
import { call, ownDate, type Reply, type SignedCall, type Signer } from "./signer";

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** A signed call that is no repetition of another, even within one second. */
export function ask(origin: string, signer: Signer, what: SignedCall): Promise<Reply> {
  return call(origin, signer, { date: ownDate(), ...what });
}

export function member(reply: Reply, name: string): string {
  const value: unknown = Object(reply.body)[name];
  if (typeof value !== "string")
    throw new Error(`No ${name} in the answer: ${reply.status} ${reply.text.slice(0, 300)}`);
  return value;
}

export async function makePerson(
  origin: string,
  admin: Signer,
  details: { email?: string } = {},
): Promise<Person> {
  const name = `person-${randomUUID().slice(0, 12)}`;
  const body = { compartmentId: admin.tenancyId, name, description: "A person", ...details };
  const reply = await ask(origin, admin, { method: "POST", path: "/users", body });
  return { id: member(reply, "id"), name };
}

export async function resetPassword(
  origin: string,
  admin: Signer,
  { id }: Person,
): Promise<string> {
  const path = `/users/${id}/uiPassword`;
  return member(await ask(origin, admin, { method: "POST", path }), "password");
}

/** Whether the answer to a sign-in opened a session. */
export function opened(response: Response): boolean {
  const isCookieSet = response.headers
    .getSetCookie()
    .some((cookie) => /^(__Host-)?latchkey\.session=[^;]{20,}/.test(cookie));
  return response.status === 303 && isCookieSet;
}

export async function canSignIn(origin: string, name: string, password: string): Promise<boolean> {
  return opened(await new ConsoleSession(origin).signIn(name, password));
}

/** The mails to an address, oldest first, that a server without a mail server wrote to files; their lines unfolded. */
export function mailsTo(dataDir: string, address: string): string[] {
  const folder = join(dataDir, "mail");
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".eml"))
      .sort()
      .map((name) => readFileSync(join(folder, name), "utf8").replaceAll("=\r\n", ""))
      .filter((mail) => mail.includes(`To: ${address}`));
  } catch {
    return [];
  }
}

/** Waits for the mail that *Forgot password* brings, and reads the password in it. */
export async function mailedPassword(dataDir: string, address: string): Promise<string> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
    const mails = mailsTo(dataDir, address);
    for (const mail of mails.filter((each) => each.includes("The temporary password"))) {
      const password = /\b(?:[A-Za-z0-9]{4}-){3}[A-Za-z0-9]{5}\b/.exec(mail)?.[0];
      if (password !== undefined) return password;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`No mail came to ${address}.`);
}
