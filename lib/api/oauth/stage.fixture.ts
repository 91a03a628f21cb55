import { randomUUID } from "node:crypto";

import type { Caller } from "@/lib/domain/caller";
import type { QualifiedScope } from "@/lib/domain/oauth/scopes";
import { issueCredential } from "@/lib/services/credentials/issue-credential";
import { makeCaller } from "@/lib/testing/callers";

import { startStage, type Stage } from "../stage.fixture";

export interface OauthClient {
  readonly id: string;
  readonly secret: string;
  readonly owner: Caller;
}

export interface OauthStage extends Stage {
  readonly host: Caller;
  /** A client with these scopes, of an owner of its own unless one is given. */
  client(scopes?: readonly QualifiedScope[], owner?: Caller): Promise<OauthClient>;
  sql(text: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
}

export const reports = { audience: "https://reports.example.com", scope: "read" };
export const reportsWrite = { audience: "https://reports.example.com", scope: "write" };
export const mail = { audience: "https://mail.example.com", scope: "send" };

export async function startOauthStage(settings: Record<string, string> = {}): Promise<OauthStage> {
  const stage = await startStage(settings);
  const host = await makeCaller({ isAdministrator: true });
  return {
    ...stage,
    host,
    client: async (scopes = [reports, reportsWrite, mail], owner) => {
      const person = owner ?? (await makeCaller());
      const { credential, secret } = await issueCredential(host, {
        reason: "a test",
        ownerId: person.userId,
        kind: "oauth_client_credential",
        values: { name: `client ${randomUUID().slice(0, 8)}`, description: "", scopes },
      });
      return { id: credential.id, secret: secret ?? "", owner: person };
    },
    sql: async (text, values = []) => (await stage.runtime.pool.query(text, values)).rows,
  };
}

export const basic = ({ id, secret }: { id: string; secret: string }) => ({
  authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString("base64")}`,
});

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Posts a form; a text is sent as it is. */
export async function post(
  stage: Pick<Stage, "endpoint">,
  path: string,
  form: string | Record<string, string>,
  headers: Record<string, string> = {},
): Promise<JsonAnswer> {
  const response = await fetch(stage.endpoint + path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: typeof form === "string" ? form : new URLSearchParams(form).toString(),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === "" ? {} : JSON.parse(text),
  };
}

/** A token for a scope, or an error of the test. */
export async function tokenFor(
  stage: Stage,
  client: OauthClient,
  scope = "https://reports.example.com-read",
): Promise<string> {
  const { status, body } = await post(
    stage,
    "/oauth2/token",
    { grant_type: "client_credentials", scope },
    basic(client),
  );
  if (status !== 200) throw new Error(`No token: ${JSON.stringify(body)}`);
  return String(body["access_token"]);
}
