import { expect, it } from "vitest";

import {
  clientCredentialSnippets,
  mailLoginSnippets,
  secretKeySnippets,
  tokenSnippets,
} from "./snippets";

const secret = "lkxx_secret";

/** Files hold the secret; what is typed on a command line never does. */
const holders = (lines: readonly { id: string; code: string }[]) =>
  lines.filter(({ code }) => code.includes(secret)).map(({ id }) => id);

it("puts a token into the .env file and on no command line", () => {
  const lines = tokenSnippets({ userName: "maria", token: secret });
  expect(holders(lines)).toEqual(["env"]);
  for (const id of ["swift", "env"])
    expect(lines.find((line) => line.id === id)?.code).toContain(
      "ST_AUTH=https://swift.example.com/auth/v1.0",
    );
});

it("writes a secret key into the configuration file of each S3 client, path style", () => {
  const lines = secretKeySnippets({
    accessKeyId: "0f".repeat(20),
    secretKey: secret,
    region: "us-ashburn-1",
  });
  expect(holders(lines)).toEqual(["aws", "rclone", "s3cmd", "env"]);
  for (const { code } of lines) expect(code).toContain("0f".repeat(20));
  expect(lines[0]?.code).toContain("addressing_style = path");
  expect(lines[0]?.code).toContain("--endpoint-url https://s3.example.com");
  expect(lines[1]?.code).toContain("force_path_style = true");
});

it("puts a mail password into the .env file and on no command line", () => {
  const userName = "abc@latchkey.internal";
  const lines = mailLoginSnippets({ userName, password: secret });
  expect(holders(lines)).toEqual(["env"]);
  for (const { code } of lines) expect(code).toContain(userName);
});

it("asks for a token of one audience, quotes for the shell, and has the secret in the .env file alone", () => {
  const lines = clientCredentialSnippets({
    url: "https://a.example/",
    clientId: "ocid1.credential.local..aaaa",
    secret,
    scopes: [
      { audience: "https://b.example", scope: "urn:opc:resource:consumer::all" },
      { audience: "https://c.example", scope: "read" },
      { audience: "https://b.example", scope: "it's" },
    ],
  });
  expect(holders(lines)).toEqual(["env"]);
  expect(lines[0]?.code.split("\n")).toEqual([
    "# Paste the secret at the prompt.",
    "curl 'https://a.example/oauth2/token' \\",
    "  --user ocid1.credential.local..aaaa \\",
    "  --data grant_type=client_credentials \\",
    `  --data-urlencode 'scope=https://b.example-urn:opc:resource:consumer::all https://b.example-it'\\''s'`,
  ]);
});
