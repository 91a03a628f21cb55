import { ConfigError } from "@/lib/config/config-error";
import { errorCode, rootCause } from "@/lib/config/error-code";
import { EmbeddedError } from "@/lib/data/embedded/embedded-error";
import { BootstrapError } from "@/lib/services/bootstrap";

/**
 * Why a program of ours cannot start. What the operator can mend is said in a sentence; anything else is a fault of
 * ours and shows where it happened, never the statement and its values that Drizzle's own message quotes.
 */
export function explainStart(error: unknown): string {
  if (
    error instanceof ConfigError ||
    error instanceof EmbeddedError ||
    error instanceof BootstrapError
  )
    return error.message;
  const root = rootCause(error);
  return databaseProblem(root) ?? (root instanceof Error ? root.stack : String(root)) ?? "";
}

/** Why nothing can listen at the configured place. */
export function listenProblem(error: unknown, port: number): unknown {
  const sentences: Record<string, string> = {
    EADDRINUSE: `Port ${port} is in use. Stop what listens there, or set PORT to another one.`,
    EACCES: "This user may not listen on that port. Set PORT to one above 1023.",
    EADDRNOTAVAIL: notOurAddress,
    ENOTFOUND: notOurAddress,
    EAI_AGAIN: notOurAddress,
  };
  const sentence = sentences[errorCode(error) ?? ""];
  return sentence === undefined ? error : new ConfigError(sentence, error);
}

const notOurAddress = "HOST is no address of this machine. Correct it, or leave it out.";

/** Classes of errors as in appendix A of PostgreSQL's manual, and what the system says when there is no PostgreSQL. */
function databaseProblem(error: unknown): string | undefined {
  const code = errorCode(error) ?? "";
  if (isConnecting(error) || code === "ETIMEDOUT" || code === "ECONNRESET")
    return "The database that DATABASE_URL names cannot be reached. Start it, or correct the address.";
  if (code === "28P01" || code === "28000")
    return "The database refused the user or password in DATABASE_URL.";
  if (code === "3D000")
    return "The database that DATABASE_URL names does not exist. Create it first.";
  if (code === "42501")
    return "The user in DATABASE_URL may not make tables in that database. Make it the owner of the database.";
  if (code === "53100" || code === "53200")
    return `The database has no ${code === "53100" ? "disk space" : "memory"} left. Free some and start again.`;
  if (code === "53300")
    return "The database has no connection left. End some, or raise its max_connections.";
  if (code === "57P03") return "The database is starting or stopping. Start Latchkey once it runs.";
  if (code === "25006")
    return "The database takes no changes. Point DATABASE_URL to the server that does, not to a standby.";
  if (code === "55P03")
    return "Another program holds the tables of the database. End it and start again.";
  return undefined;
}

/** A name with several addresses fails as one error with one for each of them. */
const isConnecting = (error: unknown): boolean =>
  error instanceof AggregateError
    ? error.errors.some(isConnecting)
    : error instanceof Error &&
      "syscall" in error &&
      (error.syscall === "connect" || error.syscall === "getaddrinfo");
