import "server-only";
import { z } from "zod";

import { may } from "@/lib/domain/policy";

import { query } from "../use-case";
import { oauthSettingsOf } from "./settings";

export const getOauthSettings = query({
  name: "getOauthSettings",
  input: z.strictObject({}),
  load: async () => ({}),
  authorize: (caller) => may(caller, "ReadOAuthResources"),
  run: (tx) => oauthSettingsOf(tx),
});
