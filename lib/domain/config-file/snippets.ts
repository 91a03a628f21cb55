import { joinedScope, type QualifiedScope } from "../oauth/scopes";
import type { ClientLine } from "./clients";

export interface TokenUse {
  /** Swift asks for the account before the user: the tenancy's name, where it is known. */
  readonly tenancyName?: string | undefined;
  readonly userName: string;
  readonly token: string;
}

/**
 * Ready to paste for the clients of an auth token. The token is set by `read` or typed at a prompt, never given on a
 * command line, where the shell's history and every other user of the machine would see it; the `.env` file holds it.
 */
export function tokenSnippets({ tenancyName, userName, token }: TokenUse): ClientLine[] {
  const swiftUser = tenancyName === undefined ? userName : `${tenancyName}:${userName}`;
  return [
    {
      id: "swift",
      label: "Swift",
      code: [
        `export ST_AUTH=${swiftAddress}`,
        `export ST_USER=${shellWord(swiftUser)}`,
        "# Paste the token, then press Enter.",
        "read -rs ST_KEY && export ST_KEY",
        "swift list",
      ].join("\n"),
    },
    {
      id: "skopeo",
      label: "Skopeo",
      code: [
        "# The registry that trusts this server. Paste the token at the prompt.",
        `REGISTRY=${exampleNames.registry}`,
        `skopeo login --username ${shellWord(userName)} "$REGISTRY"`,
      ].join("\n"),
    },
    {
      id: "docker",
      label: "Docker",
      code: [
        "# The registry that trusts this server. Paste the token at the prompt.",
        `REGISTRY=${exampleNames.registry}`,
        `docker login --username ${shellWord(userName)} "$REGISTRY"`,
      ].join("\n"),
    },
    {
      id: "env",
      label: ".env",
      code: [
        `ST_AUTH=${swiftAddress}`,
        `ST_USER=${shellWord(swiftUser)}`,
        `ST_KEY=${shellWord(token)}`,
      ].join("\n"),
    },
  ];
}

interface SecretKeyUse {
  readonly accessKeyId: string;
  readonly secretKey: string;
  readonly region: string;
}

/** Configuration files for S3 clients; the address is that of the object storage that trusts this server. */
export function secretKeySnippets({ accessKeyId, secretKey, region }: SecretKeyUse): ClientLine[] {
  return [
    {
      id: "aws",
      label: "AWS CLI",
      code: [
        "# ~/.aws/credentials",
        "[latchkey]",
        `aws_access_key_id = ${accessKeyId}`,
        `aws_secret_access_key = ${secretKey}`,
        "",
        "# ~/.aws/config",
        "[profile latchkey]",
        `region = ${region}`,
        `endpoint_url = ${s3Endpoint}`,
        "s3 =",
        "  addressing_style = path",
        "",
        "# A CLI before 2.13 does not read endpoint_url: it needs to be told each time.",
        `# aws --profile latchkey --endpoint-url ${s3Endpoint} s3 ls`,
      ].join("\n"),
    },
    {
      id: "rclone",
      label: "rclone",
      code: [
        "# ~/.config/rclone/rclone.conf",
        "[latchkey]",
        "type = s3",
        "provider = Other",
        `access_key_id = ${accessKeyId}`,
        `secret_access_key = ${secretKey}`,
        `region = ${region}`,
        `endpoint = ${s3Endpoint}`,
        "force_path_style = true",
      ].join("\n"),
    },
    {
      id: "s3cmd",
      label: "s3cmd",
      code: [
        "# ~/.s3cfg",
        "[default]",
        `access_key = ${accessKeyId}`,
        `secret_key = ${secretKey}`,
        `bucket_location = ${region}`,
        `host_base = ${exampleNames.objectStorage}`,
        `host_bucket = ${exampleNames.objectStorage}`,
      ].join("\n"),
    },
    {
      id: "env",
      label: ".env",
      code: [
        `AWS_ACCESS_KEY_ID=${accessKeyId}`,
        `AWS_SECRET_ACCESS_KEY=${shellWord(secretKey)}`,
        `AWS_REGION=${region}`,
        `AWS_ENDPOINT_URL_S3=${s3Endpoint}`,
      ].join("\n"),
    },
  ];
}

interface MailLoginUse {
  readonly userName: string;
  readonly password: string;
}

/** Ready to paste for programs that send mail; swaks asks for the password, so that no shell's history keeps it. */
export function mailLoginSnippets({ userName, password }: MailLoginUse): ClientLine[] {
  return [
    {
      id: "swaks",
      label: "swaks",
      code: [
        "# Paste the password at the prompt.",
        `swaks --server ${exampleNames.mail} --port 587 --tls \\`,
        `  --auth PLAIN --auth-user ${shellWord(userName)} \\`,
        "  --from you@example.com --to somebody@example.com",
      ].join("\n"),
    },
    {
      id: "nodemailer",
      label: "nodemailer",
      code: [
        'import { env } from "node:process";',
        'import nodemailer from "nodemailer";',
        "",
        "const transport = nodemailer.createTransport({",
        `  host: "${exampleNames.mail}",`,
        "  port: 587,",
        "  requireTLS: true,",
        `  auth: { user: "${userName}", pass: env.SMTP_PASSWORD },`,
        "});",
      ].join("\n"),
    },
    {
      id: "env",
      label: ".env",
      code: [
        `SMTP_HOST=${exampleNames.mail}`,
        "SMTP_PORT=587",
        `SMTP_USER=${shellWord(userName)}`,
        `SMTP_PASSWORD=${shellWord(password)}`,
      ].join("\n"),
    },
  ];
}

interface ClientCredentialUse {
  readonly url: string;
  readonly clientId: string;
  readonly secret: string;
  readonly scopes: readonly QualifiedScope[];
}

/**
 * Ready to paste for getting a token; curl asks for the secret. One token is for one audience: that of the first scope,
 * with all scopes that the credential has there.
 */
export function clientCredentialSnippets(use: ClientCredentialUse): ClientLine[] {
  const { clientId, secret, scopes } = use;
  const tokenUrl = `${use.url.replace(/\/+$/, "")}/oauth2/token`;
  const scope = scopes
    .filter(({ audience }) => audience === scopes[0]?.audience)
    .map(joinedScope)
    .join(" ");
  return [
    {
      id: "curl",
      label: "curl",
      code: [
        "# Paste the secret at the prompt.",
        `curl ${shellWord(tokenUrl)} \\`,
        `  --user ${shellWord(clientId)} \\`,
        "  --data grant_type=client_credentials \\",
        `  --data-urlencode ${shellWord(`scope=${scope}`)}`,
      ].join("\n"),
    },
    {
      id: "env",
      label: ".env",
      code: [
        `OAUTH_TOKEN_URL=${shellWord(tokenUrl)}`,
        `OAUTH_CLIENT_ID=${shellWord(clientId)}`,
        `OAUTH_CLIENT_SECRET=${shellWord(secret)}`,
        `OAUTH_SCOPE=${shellWord(scope)}`,
      ].join("\n"),
    },
  ];
}

interface DatabaseUse {
  readonly userName: string;
  readonly password: string;
}

/** How programs reach a database; psql asks for the password, so that no shell's history keeps it. */
export function databaseSnippets({ userName, password }: DatabaseUse): ClientLine[] {
  return [
    {
      id: "psql",
      label: "psql",
      code: [
        "# Type the password at the prompt.",
        `psql "host=${exampleNames.database} port=5432 dbname=${exampleNames.databaseName} sslmode=verify-full" \\`,
        `  --username ${shellWord(userName)}`,
      ].join("\n"),
    },
    {
      id: "jdbc",
      label: "JDBC",
      code: [
        `url=jdbc:postgresql://${exampleNames.database}:5432/${exampleNames.databaseName}?sslmode=verify-full`,
        `user=${userName}`,
        `password=${password}`,
      ].join("\n"),
    },
    {
      id: "env",
      label: ".env",
      code: [
        `PGHOST=${exampleNames.database}`,
        "PGPORT=5432",
        `PGDATABASE=${exampleNames.databaseName}`,
        `PGUSER=${shellWord(userName)}`,
        `PGPASSWORD=${shellWord(password)}`,
        "PGSSLMODE=verify-full",
      ].join("\n"),
    },
  ];
}

/** Of the services that trust this server, which does not know where they are: each reader puts in their own. */
export const exampleNames = {
  swift: "swift.example.com",
  registry: "registry.example.com",
  objectStorage: "s3.example.com",
  mail: "mail.example.com",
  database: "db.example.com",
  databaseName: "sales",
} as const;

const swiftAddress = `https://${exampleNames.swift}/auth/v1.0`;
const s3Endpoint = `https://${exampleNames.objectStorage}`;

/** User names and secrets are made of characters that no shell reads; anything else is quoted all the same. */
function shellWord(text: string): string {
  return /^[A-Za-z0-9_.@%+=:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
