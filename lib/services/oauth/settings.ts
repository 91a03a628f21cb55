import "server-only";
import type { Tx } from "@/lib/data/db";
import type { OauthSettings } from "@/lib/domain/oauth/settings";

import { settingsOf } from "../settings/stored";

export const oauthTopic = "oauth";

/** The tenancy's rules for OAuth; the defaults where nobody changed them. */
export function oauthSettingsOf(tx: Tx): Promise<OauthSettings> {
  return settingsOf(tx, oauthTopic);
}
