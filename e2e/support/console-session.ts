import { readFileSync } from "node:fs";

import { actionEntries } from "./entries";
import { makeKeyPair, type Signer } from "./signer";
import type { RunningServer } from "./server";

/** What a server action answered: its HTTP status and, when it ran, its result. */
export interface ActionReply {
  readonly status: number;
  readonly result:
    | { ok: true; output: Record<string, unknown> }
    | { ok: false; error: { code: string; message: string; fields: Record<string, string> } }
    | undefined;
  readonly text: string;
}

export interface PreparedForm {
  readonly path: string;
  readonly type: string;
  readonly body: Buffer<ArrayBuffer>;
}

/** A person's browser without the browser: a cookie jar that fills in forms and calls server actions. */
export class ConsoleSession {
  readonly cookies = new Map<string, string>();

  constructor(readonly origin: string) {}

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  async get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(this.origin + path, {
      redirect: "manual",
      headers: { cookie: this.cookieHeader, ...headers },
    });
    this.keep(response);
    return response;
  }

  /** Loads the page, fills in its form and submits it as a browser without JavaScript does. */
  async submitForm(path: string, fields: Record<string, string>): Promise<Response> {
    return this.sendForm(await this.prepareForm(path, fields));
  }

  /** The filled-in form, to be sent at a moment of the test's choice, once or many times. */
  async prepareForm(path: string, fields: Record<string, string>): Promise<PreparedForm> {
    const page = await (await this.get(path)).text();
    const form = formWith(page, Object.keys(fields));
    const data = new FormData();
    for (const [name, value] of Object.entries({ ...form, ...fields })) data.set(name, value);
    const encoded = new Request("http://encode.invalid", { method: "POST", body: data });
    const body = Buffer.from(await encoded.arrayBuffer());
    return { path, type: encoded.headers.get("content-type") ?? "", body };
  }

  async sendForm(
    { path, type, body }: PreparedForm,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const response = await fetch(this.origin + path, {
      method: "POST",
      redirect: "manual",
      headers: {
        cookie: this.cookieHeader,
        origin: this.origin,
        "content-type": type,
        ...headers,
      },
      body,
    });
    this.keep(response);
    return response;
  }

  async signIn(userName: string, password: string): Promise<Response> {
    return this.submitForm("/sign-in", { userName, password });
  }

  /** Calls a server action by its name, as the page's own script would. */
  async act(
    name: string,
    argument: unknown,
    options: { path?: string; headers?: Record<string, string> } = {},
  ): Promise<ActionReply> {
    const response = await fetch(this.origin + (options.path ?? pageOffering(name)), {
      method: "POST",
      redirect: "manual",
      headers: {
        cookie: this.cookieHeader,
        origin: this.origin,
        accept: "text/x-component",
        "content-type": "text/plain;charset=UTF-8",
        "next-action": actionId(name),
        ...options.headers,
      },
      body: JSON.stringify([argument]),
    });
    this.keep(response);
    const text = await response.text();
    return { status: response.status, result: actionResult(text), text };
  }

  private keep(response: Response): void {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = "", ...attributes] = cookie.split(";");
      const name = pair.slice(0, pair.indexOf("="));
      const value = pair.slice(pair.indexOf("=") + 1);
      const isGone =
        value === "" || attributes.some((attribute) => /max-age=0$/i.test(attribute.trim()));
      if (isGone) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
  }
}

export interface ServerAction {
  readonly id: string;
  readonly name: string;
  readonly file: string;
}

/** Every server action of the build, by Next's own manifest. */
export function serverActions(): ServerAction[] {
  const manifest: { node: Record<string, { exportedName?: string; filename?: string }> } =
    JSON.parse(readFileSync(".next/server/server-reference-manifest.json", "utf8"));
  return Object.entries(manifest.node).map(([id, { exportedName = "", filename = "" }]) => ({
    id,
    name: exportedName,
    file: filename,
  }));
}

/** An action is called on a page that offers it: others would have to hand it on. */
function pageOffering(name: string): string {
  const page = actionEntries().find((one) => one.name === name)?.page ?? "/profile/details";
  return page.replace("[userId]", "none").replace("[section]", "auth-tokens");
}

function actionId(name: string): string {
  const found = serverActions().find((one) => one.name === name);
  if (!found) throw new Error(`The build has no server action ${name}.`);
  return found.id;
}

/** Hidden members of the first form that has the named fields. */
function formWith(page: string, names: string[]): Record<string, string> {
  const forms = page.match(/<form[\s\S]*?<\/form>/g) ?? [];
  const form = forms.find((one) => names.every((name) => one.includes(`name="${name}"`)));
  if (form === undefined) throw new Error(`The page has no form with ${names.join(", ")}.`);
  const inputs = [...form.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([tag]) => tag);
  return Object.fromEntries(inputs.map((tag) => [attribute(tag, "name"), attribute(tag, "value")]));
}

function attribute(tag: string, name: string): string {
  const raw = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return raw
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}

/** An action's answer is the row of the flight stream that holds `ok`. */
function actionResult(text: string): ActionReply["result"] {
  for (const line of text.split("\n")) {
    const json = line.slice(line.indexOf(":") + 1);
    if (!json.startsWith('{"ok":')) continue;
    return JSON.parse(json);
  }
  return undefined;
}

export const adminPassword = "Seven-Green-Bottles-42";

/** The first administrator of a fresh server, signed in, password changed, with an API key. */
export async function settleAdministrator(
  server: RunningServer,
): Promise<{ session: ConsoleSession; signer: Signer }> {
  const session = new ConsoleSession(server.url);
  await session.signIn("admin", server.firstPassword ?? "");
  await session.submitForm("/change-password", {
    currentPassword: server.firstPassword ?? "",
    newPassword: adminPassword,
    confirmNewPassword: adminPassword,
  });
  return { session, signer: await addKey(session) };
}

/** Adds an API key for whoever is signed in. */
export async function addKey(session: ConsoleSession): Promise<Signer> {
  const page = await (await session.get("/profile/details")).text();
  const userId = /ocid1\.user\.[a-z0-9]+\.\.[a-z2-7]{60}/.exec(page)?.[0] ?? "";
  const tenancyId = /ocid1\.tenancy\.[a-z0-9]+\.\.[a-z2-7]{60}/.exec(page)?.[0] ?? "";
  const { privateKey, publicPem, fingerprint } = makeKeyPair();
  const reply = await session.act("issueCredentialAction", {
    ownerId: userId,
    kind: "api_key",
    values: { name: "e2e", key: publicPem },
  });
  if (!reply.result?.ok)
    throw new Error(`No key could be added: ${reply.status} ${reply.text.slice(0, 500)}`);
  return { tenancyId, userId, fingerprint, privateKey };
}
