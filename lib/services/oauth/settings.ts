import "server-only";
import type { Tx } from "@/lib/data/db";
import { findSetting } from "@/lib/data/settings";
import { oauthSettings, type OauthSettings } from "@/lib/domain/oauth/settings";

export const oauthTopic = "oauth";

/** The tenancy's rules for OAuth; the defaults where nobody changed them. */
export async function oauthSettingsOf(tx: Tx): Promise<OauthSettings> {
  return oauthSettings.parse((await findSetting(tx, oauthTopic)) ?? {});
}
