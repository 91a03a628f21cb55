import { Client } from "pg";

/** The migrated database that every test database is a copy of. */
export const template = "latchkey_template";

/** At the end of a run on somebody else's PostgreSQL. */
export function dropTemplate(adminUrl: string): Promise<void> {
  return withClient(adminUrl, (client) =>
    client.query(`drop database if exists ${template} with (force)`),
  );
}

export async function withClient(
  url: string,
  action: (client: Client) => Promise<unknown>,
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await action(client);
  } finally {
    // Ends the session's advisory lock as well.
    await client.end();
  }
}
