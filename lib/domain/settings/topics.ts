import type { z } from "zod";

import { credentialKinds } from "../credentials/registry";
import { oauthSettings, type OauthSettings } from "../oauth/settings";
import { limitBounds } from "../limits/highest";
import type { PasswordPolicy } from "../password/criteria";
import { passwordBounds, passwordPolicy } from "../password/policy";
import type { TenancyOperation } from "../policies/operations";
import { type AuditRules, auditRules, retentionBounds } from "./audit";
import { type Limits, tenancyLimits } from "./limits";
import { secondFactorRules, type SecondFactorRules } from "./second-factor";
import { sessionBounds, sessionRules, type SessionRules } from "./sessions";
import type { SettingField } from "./words";

/** What each topic of the settings holds. */
export interface SettingsOf {
  "password-policy": PasswordPolicy;
  sessions: SessionRules;
  "second-factor": SecondFactorRules;
  limits: Limits;
  oauth: OauthSettings;
  audit: AuditRules;
}

export type Topic = keyof SettingsOf;

interface TopicDefinition<Values> {
  readonly title: string;
  readonly purpose: string;
  /** Parses what is stored, and puts a default where nothing is. */
  readonly schema: z.ZodType<Values> & z.ZodObject;
  readonly fields: readonly SettingField[];
  /** The rows of `operations` that open it. */
  readonly read: TenancyOperation;
  readonly change: TenancyOperation;
}

const minutes = { one: "minute", many: "minutes" };
const hours = { one: "hour", many: "hours" };
const days = { one: "day", many: "days" };

/** The one list of settings: stored values, forms, sentences and who may change them are made from it. */
export const topics: { readonly [T in Topic]: TopicDefinition<SettingsOf[T]> } = {
  "password-policy": {
    title: "Password policy",
    purpose: "What a new console or database password has to meet. Passwords that are in use stay.",
    schema: passwordPolicy,
    fields: [
      {
        type: "number",
        name: "minimumLength",
        label: "Minimum length",
        bounds: passwordBounds.minimumLength,
        unit: { one: "character", many: "characters" },
      },
      { type: "switch", name: "requiresUppercase", label: "Ask for an uppercase letter" },
      { type: "switch", name: "requiresLowercase", label: "Ask for a lowercase letter" },
      { type: "switch", name: "requiresDigit", label: "Ask for a digit" },
      { type: "switch", name: "requiresSpecial", label: "Ask for a special character" },
      {
        type: "switch",
        name: "allowsUserName",
        label: "Allow the user name in the password",
        hint: "A database password may never hold it.",
      },
      {
        type: "number",
        name: "historyLength",
        label: "Former passwords to refuse",
        hint: "Of the console; 0 remembers none.",
        bounds: passwordBounds.historyLength,
        unit: { one: "password", many: "passwords" },
      },
    ],
    read: "GetAuthenticationPolicy",
    change: "UpdateAuthenticationPolicy",
  },
  sessions: {
    title: "Sessions",
    purpose:
      "How long a sign-in serves. A shorter time holds for the sessions that there are, from their next request on.",
    schema: sessionRules,
    fields: [
      {
        type: "number",
        name: "idleMinutes",
        label: "Sign out when idle for",
        bounds: sessionBounds.idleMinutes,
        unit: minutes,
      },
      {
        type: "number",
        name: "absoluteHours",
        label: "Sign out in any case after",
        bounds: sessionBounds.absoluteHours,
        unit: hours,
      },
      {
        type: "number",
        name: "stepUpMinutes",
        label: "Ask for the password again after",
        hint: "Before a credential is created, rotated or deleted, and before other changes that matter.",
        bounds: sessionBounds.stepUpMinutes,
        unit: minutes,
      },
    ],
    read: "ReadSettings",
    change: "ChangeSettings",
  },
  "second-factor": {
    title: "Second factor",
    purpose:
      "Who has to sign in with a code besides the password. Whoever has no second factor yet is led to set one up and reaches nothing else until then, sessions that there are included.",
    schema: secondFactorRules,
    fields: [
      {
        type: "switch",
        name: "administrators",
        label: "Members of Administrators need a second factor",
      },
      {
        type: "switch",
        name: "everybody",
        label: "Everybody who signs in with a password needs a second factor",
      },
      {
        type: "switch",
        name: "databasePasswords",
        label: "Database passwords are shown and changed with a second factor only",
        hint: "In the console. Signed API requests go on.",
      },
    ],
    read: "ReadSettings",
    change: "ChangeSettings",
  },
  limits: {
    title: "Limits",
    purpose:
      "How many of each kind a user may have, unless the user has a limit of their own. A lower limit deletes nothing: whoever has more keeps them and makes no new one.",
    schema: tenancyLimits,
    fields: credentialKinds.map(({ id, description }) => ({
      type: "number",
      name: id,
      label: description.title,
      bounds: limitBounds,
      unit: { one: "per user", many: "per user" },
    })),
    read: "ReadSettings",
    change: "ChangeSettings",
  },
  oauth: {
    title: "OAuth",
    purpose:
      "Administrators may enter any audience for a credential, and the token service then vouches for it. For everybody else it takes this switch.",
    schema: oauthSettings,
    fields: [
      {
        type: "switch",
        name: "anyoneMayEnterAudience",
        label: "Everybody may enter an audience that is not registered",
      },
    ],
    read: "ReadOAuthResources",
    change: "ChangeOAuthResources",
  },
  audit: {
    title: "Audit log",
    purpose:
      "Older events are taken away for good, and a signed note stays of where the log began.",
    schema: auditRules,
    fields: [
      {
        type: "number",
        name: "retentionDays",
        label: "Keep events for",
        bounds: retentionBounds,
        unit: days,
      },
    ],
    read: "ReadSettings",
    change: "ChangeSettings",
  },
};

export const topicNames = Object.keys(topics) as Topic[]; // The keys of a mapped type over `Topic`.
