import { isIP } from "node:net";
import { z } from "zod";

/** Why a value is refused is the whole message: `env.ts` puts the name of the variable before it. */
const problem = (error: string) => ({ error });

export const portSchema = z
  .string()
  .regex(/^\d{1,5}$/, problem("is not a port. Set a number from 1 to 65535"))
  .transform(Number)
  .pipe(
    z
      .number()
      .min(1, problem("is not a port. Set a number from 1 to 65535"))
      .max(65_535, problem("is not a port. Set a number from 1 to 65535")),
  );

const urlAdvice =
  'must be the address that people type, such as "https://latchkey.example.com", without a path';

/** An origin: links in mails and signatures are made from it, so a path or a user name in it would go everywhere. */
export const originSchema = z.string().transform((value, context) => {
  const url = parseUrl(value);
  const isOrigin =
    url !== undefined &&
    ["http:", "https:"].includes(url.protocol) &&
    url.href === `${url.origin}/`;
  if (isOrigin) return url.origin;
  context.addIssue({ code: "custom", message: urlAdvice });
  return z.NEVER;
});

export const hostListSchema = list(
  (entry) => /^(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:\d{1,5})?$/.test(entry),
  'lists host names with commas between them, each with its port if it has one, such as "latchkey.internal:3000"',
);

export const addressListSchema = list(
  isAddressOrRange,
  'lists IP addresses or ranges with commas between them, such as "10.0.0.1,192.168.0.0/16"',
);

export const databaseUrlSchema = z.string().refine((value) => {
  const protocol = parseUrl(value)?.protocol;
  return protocol === "postgres:" || protocol === "postgresql:";
}, problem('must look like "postgres://user:password@host:5432/database". Without it, Latchkey starts a PostgreSQL of its own'));

export const passwordCostSchema = z.enum(["recommended", "least"], {
  error: 'must be "recommended" or "least"',
});

export const smtpUrlSchema = z.string().refine((value) => {
  const url = parseUrl(value);
  return url !== undefined && ["smtp:", "smtps:"].includes(url.protocol) && url.hostname !== "";
}, problem('must look like "smtps://user:password@host:465" or "smtp://host:587"'));

export const mailFromSchema = z
  .string()
  .regex(
    /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/,
    problem(
      'must be a mail address, such as "latchkey@example.com" or "Latchkey <latchkey@example.com>"',
    ),
  );

/** Also the object-storage namespace. */
export const tenancyNameSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9_-]{0,99}$/,
    problem("starts with a small letter and holds at most 100 small letters, digits, - and _"),
  );

export const regionSchema = z
  .string()
  .regex(/^[a-z]+(-[a-z0-9]+)+$/, problem('must look like "us-ashburn-1"'));

/** A part of every OCID, between dots. */
export const realmSchema = z
  .string()
  .regex(
    /^[a-z][a-z0-9]{0,15}$/,
    problem("holds 1 to 16 small letters and digits, a letter first"),
  );

export const metricsTokenSchema = z
  .string()
  .regex(
    /^[\x21-\x7e]{16,}$/,
    problem(
      "is too short or holds spaces. Set at least 16 characters, such as the output of: openssl rand -hex 16",
    ),
  );

export const logLevelSchema = z.enum(
  ["trace", "debug", "info", "warn", "error", "fatal", "silent"],
  problem("must be one of trace, debug, info, warn, error, fatal, silent"),
);

export const tokenAlgorithmSchema = z.enum(["RS256", "ES256"], problem("must be RS256 or ES256"));

function parseUrl(value: string): URL | undefined {
  return URL.canParse(value) ? new URL(value) : undefined;
}

function list(isEntry: (entry: string) => boolean, message: string) {
  return z
    .string()
    .transform((value) =>
      value
        .split(",")
        .map((entry) => entry.trim().toLowerCase())
        .filter((entry) => entry !== ""),
    )
    .refine((entries) => entries.every(isEntry), problem(message));
}

function isAddressOrRange(entry: string): boolean {
  const [address = "", bits, ...more] = entry.split("/");
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return (
    bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
  );
}
