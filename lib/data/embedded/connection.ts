import "server-only";

import { Client } from "pg";

import { errorCode } from "@/lib/config/error-code";

/** The launcher's own connection: it shows other launchers that this one still needs the server. */
export const launcherName = "latchkey-launcher";

/** `lost` is fulfilled when the connection ends, by whomever. */
export type Connection = { client: Client; lost: Promise<void> };

/** A connection, or why there is none: nothing listens, or the server is starting, stopping or full. */
export async function tryConnect(url: string): Promise<Connection | "absent" | "busy"> {
  const client = new Client({
    connectionString: url,
    application_name: launcherName,
    connectionTimeoutMillis: 5_000,
  });
  // Without a listener, the loss of the connection would end the process.
  client.on("error", () => undefined);
  const lost = new Promise<void>((resolve) => client.once("end", () => resolve()));
  try {
    await client.connect();
    return { client, lost };
  } catch (error) {
    await client.end().catch(() => undefined);
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ECONNREFUSED" || code === "ENOTDIR") return "absent";
    // 57P03 cannot connect now, 53300 too many connections, 57P01/57P02 ended by the server; the rest: it died meanwhile.
    if (
      code === undefined ||
      ["57P03", "53300", "57P01", "57P02", "ECONNRESET", "EPIPE"].includes(code)
    )
      return "busy";
    throw error;
  }
}

export async function countOtherClients(client: Client): Promise<number> {
  const { rows } = await client.query<{ others: number }>(
    "select count(*)::int as others from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()",
  );
  return rows[0]?.others ?? 0;
}
