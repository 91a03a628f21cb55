import type { ClientLine } from "./clients";

export interface TokenUse {
  readonly url: string;
  /** Swift asks for the account before the user: the tenancy's name, where it is known. */
  readonly tenancyName?: string | undefined;
  readonly userName: string;
  readonly token: string;
}

/**
 * Ready to paste for the clients of an auth token. The token is set by `read` or typed at a prompt, never given on a
 * command line, where the shell's history and every other user of the machine would see it; the `.env` file holds it.
 */
export function tokenSnippets({ url, tenancyName, userName, token }: TokenUse): ClientLine[] {
  const address = url.replace(/\/+$/, "");
  const swiftUser = tenancyName === undefined ? userName : `${tenancyName}:${userName}`;
  return [
    {
      id: "swift",
      label: "Swift",
      code: [
        `export ST_AUTH=${address}/auth/v1.0`,
        `export ST_USER=${shellWord(swiftUser)}`,
        "read -rs ST_KEY && export ST_KEY   # paste the token, then Enter",
        "swift list",
      ].join("\n"),
    },
    {
      id: "docker",
      label: "Docker",
      code: [
        "REGISTRY=registry.example.com   # the registry that trusts this server",
        `docker login --username ${shellWord(userName)} "$REGISTRY"   # paste the token at the prompt`,
      ].join("\n"),
    },
    {
      id: "env",
      label: ".env",
      code: [
        `ST_AUTH=${address}/auth/v1.0`,
        `ST_USER=${shellWord(swiftUser)}`,
        `ST_KEY=${shellWord(token)}`,
      ].join("\n"),
    },
  ];
}

/** User names and secrets are made of characters that no shell reads; anything else is quoted all the same. */
function shellWord(text: string): string {
  return /^[A-Za-z0-9_.@%+=:-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
