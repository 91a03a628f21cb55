import { z } from "zod";

import { asUtc } from "../utc-words";
import { longestReason } from "../audit/longest-reason";
import { credentialTemplates } from "./credential-templates";
import { asHtml, asText, code, facts, link, oneLine, paragraph } from "./letter";
import { instant, line, type MailContext, noSecrets, template } from "./template";

/** Every mail that Latchkey sends. */
export const mailTemplates = {
  password_changed: template({
    values: z.object({ userName: line, changedAt: instant, address: line, client: line }),
    secretValues: noSecrets,
    write: ({ userName, changedAt, address, client }, { consoleUrl }) => ({
      subject: `The password of ${userName} was changed`,
      parts: [
        paragraph("The console password of your user was changed. All other sessions were ended."),
        facts({
          "User name": userName,
          When: asUtc(changedAt),
          "From address": address,
          With: client,
        }),
        paragraph(
          "If it was you, there is nothing to do. If it was not, ask an administrator to suspend your user now, " +
            "then ask for a new password and look through your credentials for any that you did not make.",
        ),
        link("The console", consoleUrl),
      ],
    }),
  }),
  second_factor_changed: template({
    values: z.object({
      userName: line,
      isOn: z.boolean(),
      at: instant,
      address: line,
      client: line,
    }),
    secretValues: noSecrets,
    write: ({ userName, isOn, at, address, client }, { consoleUrl }) => ({
      subject: `${userName} signs in ${isOn ? "with" : "without"} a second factor now`,
      parts: [
        paragraph(
          isOn
            ? "Multi-factor authentication was enabled for your user. From now on signing in takes the password and a code " +
                "from your authenticator app. All other sessions were ended."
            : "Multi-factor authentication was disabled for your user. From now on the password alone signs in.",
        ),
        facts({ "User name": userName, When: asUtc(at), "From address": address, With: client }),
        paragraph(
          "If it was you, there is nothing to do. If it was not, ask an administrator to suspend your user now, then " +
            "ask for a new password and look through your credentials for any that you did not make.",
        ),
        link("Security of your profile", new URL("/profile/security", consoleUrl).href),
      ],
    }),
  }),
  user_blocked: template({
    values: z.object({ userName: line, blockedAt: instant }),
    secretValues: noSecrets,
    write: ({ userName, blockedAt }) => ({
      subject: `${userName} is blocked`,
      parts: [
        paragraph(
          "Your user is blocked because a wrong password or code was entered 10 times in a row.",
        ),
        facts({ "User name": userName, "Blocked since": asUtc(blockedAt) }),
        paragraph(
          "Only an administrator can unblock it. Until then no password opens it, and a forgotten password cannot be " +
            "replaced. Your API keys, tokens and other credentials go on working.",
        ),
        paragraph(
          "If you did not enter these passwords, tell the administrator: somebody may be guessing yours.",
        ),
      ],
    }),
  }),
  ...credentialTemplates,
  limit_decided: template({
    values: z.object({
      userName: line,
      kind: line,
      isGranted: z.boolean(),
      limit: z.int(),
      answer: line,
      path: z.string(),
    }),
    secretValues: noSecrets,
    write: ({ userName, kind, isGranted, limit, answer, path }, { consoleUrl }) => ({
      subject: isGranted
        ? `${userName} may have ${limit} ${kind} now`
        : `No higher limit of ${kind} for ${userName}`,
      parts: [
        paragraph(
          isGranted
            ? `An administrator granted your request: you may have ${limit} ${kind} now.`
            : `An administrator declined your request: your limit stays at ${limit} ${kind}.`,
        ),
        facts({ "User name": userName, ...(answer === "" ? {} : { "They say": answer }) }),
        link("Your credentials", new URL(path, consoleUrl).href),
      ],
    }),
  }),
  done_on_behalf: template({
    values: z.object({
      userName: line,
      what: line,
      byName: line,
      byApi: z.boolean(),
      at: instant,
      reason: z
        .string()
        .transform((text) => oneLine(text, longestReason))
        .nullable(),
      // Mails that were queued before these members existed are about people.
      isService: z.boolean().default(false),
      isLastHere: z.boolean().default(false),
      isGone: z.boolean().default(false),
      activityPath: z.string().default("/profile/activity"),
    }),
    secretValues: noSecrets,
    write: (
      { userName, isService, isLastHere, isGone, what, byName, byApi, at, reason, activityPath },
      { consoleUrl },
    ) => ({
      subject: `${byName} changed something of ${userName}`,
      parts: [
        paragraph(
          isService
            ? "Somebody who manages users acted on a service user or its credentials. Its news come to this address " +
                "because you answer for it."
            : "Somebody who manages users acted on your user, your credentials or your password.",
        ),
        facts({
          [isService ? "Service user" : "User name"]: userName,
          What: what,
          By: byName,
          When: asUtc(at),
          Reason: reason ?? (byApi ? "none: it was done through the API" : "none was given"),
        }),
        ...(isLastHere
          ? [paragraph(`From now on news about ${userName} do not come to this address any more.`)]
          : []),
        ...(isGone
          ? [paragraph("If you expected it, there is nothing to do. If you did not, ask them.")]
          : [
              paragraph(
                "If you expected it, there is nothing to do. If you did not, ask them, and look through what " +
                  "happened under Activity.",
              ),
              link(
                isService ? `Activity of ${userName}` : "Your activity",
                new URL(activityPath, consoleUrl).href,
              ),
            ]),
      ],
    }),
  }),
  invitation: template({
    values: z.object({ userName: line, byName: line, tenancyName: line }),
    secretValues: z.object({ token: z.string().min(1) }),
    write: ({ userName, byName, tenancyName, token }, { consoleUrl }) => ({
      subject: `You are invited to ${tenancyName} as ${userName}`,
      parts: [
        paragraph(`${byName} made a user for you in the console of ${tenancyName}.`),
        facts({ "User name": userName }),
        link("Make your one-time password", mailedLink("/invitation/open", token, consoleUrl)),
        paragraph(
          "The link works once, within 7 days. It shows you a one-time password; sign in with it, and choose a password " +
            "of your own right after. Nobody else has seen it.",
        ),
        paragraph("If you did not expect this, do nothing: the link expires by itself."),
      ],
    }),
  }),
  email_confirmation: template({
    values: z.object({ userName: line, tenancyName: line }),
    secretValues: z.object({ token: z.string().min(1) }),
    write: ({ userName, tenancyName, token }, { consoleUrl }) => ({
      subject: `Confirm this address for ${userName}`,
      parts: [
        paragraph(
          `This address was entered for a user in the console of ${tenancyName}. Confirm that mail about this user may ` +
            "come here: news about the account, and a new password when the old one is forgotten.",
        ),
        facts({ "User name": userName }),
        link("Confirm the address", mailedLink("/confirm-email/open", token, consoleUrl)),
        paragraph("The link works once, within 24 hours. It leads to a page with a button."),
        paragraph("If this user is not yours, do nothing: the link expires by itself."),
      ],
    }),
  }),
  email_changed: template({
    values: z.object({ userName: line, newEmail: line.nullable(), isInForce: z.boolean() }),
    secretValues: noSecrets,
    write: ({ userName, newEmail, isInForce }) => ({
      subject: isInForce
        ? `The e-mail address of ${userName} was changed`
        : `Another e-mail address was entered for ${userName}`,
      parts: [
        paragraph(
          isInForce
            ? "Mail about your user does not come to this address any more, a temporary password included."
            : "It is not confirmed yet. Until it is, mail about your user goes on coming here, a temporary password included.",
        ),
        facts({ "User name": userName, "New address": newEmail ?? "none" }),
        paragraph(
          "If you expected it, there is nothing to do. If you did not, tell an administrator at once.",
        ),
      ],
    }),
  }),
  temporary_password: template({
    values: z.object({ userName: line, requestedFrom: line }),
    secretValues: z.object({ temporaryPassword: z.string().min(1) }),
    write: ({ userName, requestedFrom, temporaryPassword }, { consoleUrl }) => ({
      subject: `A temporary password for ${userName}`,
      parts: [
        paragraph("Somebody, probably you, said that the password of this user is forgotten."),
        facts({ "User name": userName, "Asked from address": requestedFrom }),
        code("The temporary password", temporaryPassword),
        link("Sign in with it", new URL("/sign-in", consoleUrl).href),
        paragraph(
          "It works once, within 24 hours, and you choose a new password right after signing in. Your old password " +
            "goes on working until the temporary one is used.",
        ),
        paragraph(
          "If you did not ask for it, do nothing: without this mail nobody can use it, and it expires by itself.",
        ),
      ],
    }),
  }),
} as const;

export const expiryNoticeTemplate = "credential_expiring" satisfies MailTemplate;

export type MailTemplate = keyof typeof mailTemplates;

export const mailTemplateNames = Object.keys(mailTemplates).filter(isMailTemplate);

/** A mail to write: a template and the values that go with it. */
export type MailContent = {
  [Name in MailTemplate]: {
    readonly template: Name;
    readonly values: z.input<(typeof mailTemplates)[Name]["values"]>;
  } & SecretValues<z.input<(typeof mailTemplates)[Name]["secretValues"]>>;
}[MailTemplate];

/** `z.object({})` infers `Record<string, never>`: a template without secrets need not be given any. */
type SecretValues<Secrets> =
  Record<string, never> extends Secrets
    ? { readonly secretValues?: Record<string, never> }
    : { readonly secretValues: Secrets };

export interface WrittenMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

/** Writes the mail. Throws a `ZodError` when values are missing or of another template. */
export function writeMail(
  mail: { template: MailTemplate; values: unknown; secretValues: unknown },
  context: MailContext,
): WrittenMail {
  const letter = mailTemplates[mail.template].letter(mail.values, mail.secretValues, context);
  return { subject: oneLine(letter.subject), text: asText(letter), html: asHtml(letter) };
}

export function isMailTemplate(name: string): name is MailTemplate {
  return Object.hasOwn(mailTemplates, name);
}

/** Leads to a page by way of an address that takes the token out of the address bar. */
function mailedLink(path: string, token: string, consoleUrl: string): string {
  const url = new URL(path, consoleUrl);
  url.searchParams.set("token", token);
  return url.href;
}
