"use server";

import { rotateSigningKey } from "@/lib/services/oauth/rotate-signing-key";
import { changeSettings } from "@/lib/services/settings/change-settings";

import { action } from "./action";

export const changeSettingsAction = action(changeSettings);
export const rotateSigningKeyAction = action(rotateSigningKey);
