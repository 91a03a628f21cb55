import { createPrivateKey, randomUUID } from "node:crypto";

import { ConsoleSession } from "./console-session";
import { withDatabase } from "./database";
import { call, type Signer } from "./signer";
import { appCode } from "./totp";

export const stageVariable = "LATCHKEY_E2E_STAGE";

export interface StageData {
  url: string;
  dataDir: string;
  key: Omit<Signer, "privateKey">;
  privateKeyPem: string;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly password: string;
}

/** The running server and its administrator's key: every test sets its own scene through the Identity API. */
export class Stage {
  readonly url: string;
  readonly dataDir: string;
  readonly administrator: Signer;

  constructor() {
    const data: StageData = JSON.parse(process.env[stageVariable] ?? "{}");
    this.url = data.url;
    this.dataDir = data.dataDir;
    this.administrator = { ...data.key, privateKey: createPrivateKey(data.privateKeyPem) };
  }

  async api(method: string, path: string, body?: unknown): Promise<Record<string, string>> {
    const reply = await call(this.url, this.administrator, {
      method,
      path,
      ...(body === undefined ? {} : { body }),
    });
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return Object(reply.body);
  }

  /** A user without a password. */
  async createUser(
    options: { email?: string; name?: string } = {},
  ): Promise<{ id: string; name: string }> {
    const name = options.name ?? `person-${randomUUID().slice(0, 8)}`;
    const user = await this.api("POST", "/users", {
      compartmentId: this.administrator.tenancyId,
      name,
      description: `Description of ${name}`,
      ...(options.email === undefined ? {} : { email: options.email }),
    });
    return { id: String(user["id"]), name };
  }

  /** An OAuth 2.0 client credential of a user, with scopes of an audience that nobody registered. */
  async createClient(
    userId: string,
    scopes: readonly { audience: string; scope: string }[] = [
      { audience: "https://analytics.example.com", scope: "urn:opc:resource:consumer::all" },
    ],
  ): Promise<{ id: string; secret: string }> {
    const made = await this.api("POST", `/users/${userId}/oauth2ClientCredentials`, {
      name: "nightly report",
      description: "reads the sales data",
      scopes,
    });
    return { id: String(made["id"]), secret: String(made["password"]) };
  }

  /** A one-time password for a user, as an administrator would hand it over. */
  async oneTimePassword(userId: string): Promise<string> {
    return String((await this.api("POST", `/users/${userId}/uiPassword`))["password"]);
  }

  async makeGroup(name: string, ...userIds: string[]): Promise<string> {
    const compartmentId = this.administrator.tenancyId;
    const details = { compartmentId, name, description: `Description of ${name}` };
    const groupId = String((await this.api("POST", "/groups", details))["id"]);
    for (const userId of userIds)
      await this.api("POST", "/userGroupMemberships", { userId, groupId });
    return groupId;
  }

  async makePolicy(...statements: string[]): Promise<string> {
    const compartmentId = this.administrator.tenancyId;
    const name = `policy-${randomUUID().slice(0, 8)}`;
    const details = { compartmentId, name, description: "", statements };
    return String((await this.api("POST", "/policies", details))["id"]);
  }

  async makeAdministrator(userId: string): Promise<void> {
    const path = `/groups?compartmentId=${this.administrator.tenancyId}&name=Administrators`;
    const groups = Object.values(await this.api("GET", path)).map((group) => Object(group));
    await this.api("POST", "/userGroupMemberships", { userId, groupId: groups[0].id });
  }

  /** Makes every proof of identity of a user older than a quarter of an hour: nobody waits that long in a test. */
  async ageProofs(userId: string): Promise<void> {
    const text =
      "update sessions set proved_at = proved_at - interval '16 minutes' where user_id = $1";
    await withDatabase(this.dataDir, (client) => client.query(text, [userId]));
  }

  /** Makes a credential one that was made the day before yesterday and was used just now. */
  async useOldCredential(id: string): Promise<void> {
    const text =
      "update credentials set created_at = created_at - interval '2 days', last_used_at = now() where id = $1";
    await withDatabase(this.dataDir, (client) => client.query(text, [id]));
  }

  /** Ends every session of a user, as an administrator elsewhere might. */
  async endSessions(userId: string): Promise<void> {
    const text = "delete from sessions where user_id = $1";
    await withDatabase(this.dataDir, (client) => client.query(text, [userId]));
  }

  /** A user who signs in with a code besides the password, and a session of theirs. */
  async enrolledPerson(): Promise<{ person: Person; session: ConsoleSession }> {
    const { person, session } = await this.settledPerson();
    const begun = await outputOf(session, "beginEnrolmentAction", { userId: person.id });
    await outputOf(session, "activateTotpDeviceAction", {
      userId: person.id,
      deviceId: Object(begun["device"]).id,
      code: appCode(String(begun["secret"])),
    });
    return { person, session };
  }

  /** A user who has chosen a password, and a session of theirs. */
  async settledPerson(
    options: { email?: string; isAdministrator?: boolean } = {},
  ): Promise<{ person: Person; session: ConsoleSession }> {
    const user = await this.createUser(options);
    if (options.isAdministrator) await this.makeAdministrator(user.id);
    const oneTime = await this.oneTimePassword(user.id);
    const password = `Tall-Orange-Lamp-${randomUUID().slice(0, 6)}-Q7`;
    const session = new ConsoleSession(this.url);
    await session.signIn(user.name, oneTime);
    await session.submitForm("/change-password", {
      currentPassword: oneTime,
      newPassword: password,
      confirmNewPassword: password,
    });
    return { person: { ...user, password }, session };
  }
}

async function outputOf(
  session: ConsoleSession,
  action: string,
  argument: object,
): Promise<Record<string, unknown>> {
  const { result, text } = await session.act(action, argument);
  if (!result?.ok) throw new Error(`${action} was refused: ${text.slice(0, 300)}`);
  return result.output;
}
