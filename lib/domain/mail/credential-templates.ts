import { z } from "zod";

import { asUtc, asUtcDay } from "../utc-words";
import { facts, type Letter, link, paragraph } from "./letter";
import { instant, line, noSecrets, template } from "./template";

/** What every mail about a credential says of it; `path` is the page where it is managed. */
const aboutCredential = z.object({
  userName: line,
  kind: line,
  credentialName: line,
  lastUsedAt: instant.nullable(),
  lastUsedAddress: line.nullable(),
  path: z.string(),
  /** Then it goes to those who answer for the user, and who may or may not manage users. */
  isOfService: z.boolean().default(false),
});

/** What is said before a credential expires, and what tells whether it is still so when the mail goes out. */
export const expiryNotice = aboutCredential.extend({
  credentialId: z.string(),
  publicId: line,
  expiresAt: instant,
  canRotate: z.boolean(),
});

/** What owners, and those who answer for service users, are told of a credential. */
export const credentialTemplates = {
  credential_expiring: template({
    values: expiryNotice,
    secretValues: noSecrets,
    write: (values, { consoleUrl }) => ({
      subject: `Expires on ${asUtcDay(values.expiresAt)}: ${values.kind} “${values.credentialName}” of ${values.userName}`,
      parts: [
        paragraph(
          `${whose(values, "One")} expires soon. From then on it opens nothing, and clients that use it are refused.`,
        ),
        facts({
          "User name": values.userName,
          Credential: nameOf(values),
          "Known as": values.publicId,
          Expires: asUtc(values.expiresAt),
          "Last used": lastUseOf(values),
        }),
        paragraph(
          values.canRotate
            ? "Rotate it before then: the old and the new one work side by side while you change over."
            : "Create another before then, change over to it, and delete this one.",
        ),
        paragraph(
          "If it should go on as it is, choose a later date under Edit. If nothing needs it any more, there is " +
            "nothing to do.",
        ),
        ...whereManaged(values, consoleUrl),
      ],
    }),
  }),
  credential_reported: template({
    values: aboutCredential.extend({ endedAt: instant }),
    secretValues: noSecrets,
    write: (values, { consoleUrl }) => ({
      subject: `A leaked ${values.kind} of ${values.userName} was ended`,
      parts: [
        paragraph(
          `Somebody found the secret of ${whose(values, "one")} and reported it. It was real, so this ${values.kind} was ` +
            "ended at once: it opens nothing any more, and cannot be enabled again.",
        ),
        facts({
          "User name": values.userName,
          Credential: nameOf(values),
          Ended: asUtc(values.endedAt),
          "Last used": lastUseOf(values),
        }),
        paragraph(
          "Create another where it was used, and find out how it got out. If you do not know the last use, somebody " +
            "else may have had it: look through what it opened.",
        ),
        ...whereManaged(values, consoleUrl),
      ],
    }),
  }),
} as const;

type AboutCredential = z.output<typeof aboutCredential>;

function nameOf({ kind, credentialName }: AboutCredential): string {
  return `${kind} “${credentialName}”`;
}

function lastUseOf({ lastUsedAt, lastUsedAddress }: AboutCredential): string {
  return lastUsedAt === null ? "never" : `${asUtc(lastUsedAt)} from ${lastUsedAddress ?? ""}`;
}

function whose({ isOfService, userName }: AboutCredential, one: "One" | "one"): string {
  return isOfService
    ? `${one} of the credentials of the service user ${userName}, for which you answer,`
    : `${one} of your credentials`;
}

function whereManaged(
  { isOfService, path }: AboutCredential,
  consoleUrl: string,
): Letter["parts"][number][] {
  const { href } = new URL(path, consoleUrl);
  if (!isOfService) return [link("Your credentials", href)];
  return [
    paragraph(
      "An administrator can do this on the page below. If you are none, pass this mail on to one.",
    ),
    link("Its credentials", href),
  ];
}
