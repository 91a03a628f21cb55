import { generateKeyPairSync } from "node:crypto";

import { transaction } from "@/lib/data/db";
import { saveSetting } from "@/lib/data/settings";
import { kindById } from "@/lib/domain/credentials/registry";
import { oauthTopic } from "@/lib/services/oauth/settings";

/** What a person would type for a kind: the one place of the batteries over all kinds that knows them apart. */
const values: Record<string, () => Record<string, unknown>> = {
  api_key: () => ({
    name: "laptop",
    key: generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({
      type: "spki",
      format: "pem",
    }),
  }),
  auth_token: () => ({ description: "swift backup" }),
  customer_secret_key: () => ({ name: "nightly rclone" }),
  oauth_client_credential: () => ({
    name: "nightly report",
    description: "reads the sales data",
    scopes: [
      { audience: "https://analytics.example.com", scope: "urn:opc:resource:consumer::all" },
    ],
  }),
  database_password: () => ({ description: "sales reports", password: "Ebbe-und-Flut-26" }),
  smtp_credential: () => ({ description: "billing reminders" }),
};

/** Different at each call where the kind asks for it. Throws for a kind that nobody told it about. */
export function valuesFor(kind: string): Record<string, unknown> {
  const make = values[kind];
  if (!make) throw new Error(`Nobody has said what to type for ${kind}.`);
  return make();
}

/** What a person would type for the successor of one: nothing where it stays the same with another secret. */
export function successorValuesFor(kind: string): Record<string, unknown> {
  return kindById(kind)?.description.successor === "new-id" ? valuesFor(kind) : {};
}

/** Sets what has to be so that anybody may be issued one with these values. */
export async function openEveryKind(): Promise<void> {
  await transaction((tx) => saveSetting(tx, oauthTopic, { anyoneMayEnterAudience: true }));
}
