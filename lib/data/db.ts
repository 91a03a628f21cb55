import "server-only";
import { Socket } from "node:net";

import { sql } from "drizzle-orm";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Pool, type PoolClient, type PoolConfig } from "pg";

import { runtime } from "@/lib/config/runtime";

import { applicationRole } from "./application-role";
import { type HotStatement, type HotValues, runHot } from "./hot-query";
import { asAppError, isConnectionInDoubt, isSilence, silence } from "./problems";

/** The database over a pool, outside any transaction. */
export type Database = NodePgDatabase & { readonly $client: Pool };

/** The database, or a transaction on it: every query takes one and does not care which. */
export type Tx = NodePgDatabase | Parameters<Parameters<NodePgDatabase["transaction"]>[0]>[0];

const wrapped = new WeakMap<Pool, Database>();

/** The database of this process, over its one pool. */
export function database(): Database {
  return databaseOn(runtime().pool);
}

/** The database over a pool; for the start of the process, when there is no runtime yet. */
export function databaseOn(pool: Pool): Database {
  const known = wrapped.get(pool);
  if (known) return known;
  const db = drizzle({ client: pool, casing: "snake_case" });
  wrapped.set(pool, db);
  return db;
}

/** Runs `work` in one transaction. Failures of the database itself surface as `unavailable`. */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    const client = await runtime().pool.connect();
    let doubt: Error | boolean = false;
    try {
      return await between(client, work);
    } catch (error) {
      // A rollback would wait as long again for a database that has just not answered. Closing the connection is one.
      if (isConnectionInDoubt(error)) doubt = error instanceof Error ? error : true;
      else doubt = !(await rollsBack(client));
      throw error;
    } finally {
      client.release(doubt);
    }
  } catch (error) {
    throw asAppError(error);
  }
}

async function between<T>(client: PoolClient, work: (tx: Tx) => Promise<T>): Promise<T> {
  await client.query("begin");
  const tx = onConnection(client);
  const afterwards: (() => void)[] = [];
  untilCommitted.set(tx, afterwards);
  const result = await work(tx);
  const { command } = await client.query("commit");
  // PostgreSQL ends a transaction in which a statement has failed without an error, and without its changes.
  if (command !== "COMMIT") throw new Error("The transaction went on after a failed statement.");
  for (const tell of afterwards) tell();
  return result;
}

const untilCommitted = new WeakMap<Tx, (() => void)[]>();

/**
 * Does something once what was just written can no longer be undone, and not at all if it is: after the commit, or now
 * outside a transaction. Of the one in which the runtime is made nobody is told.
 */
export function onceCommitted(tx: Tx, tell: () => void): void {
  const afterwards = untilCommitted.get(tx);
  if (afterwards) afterwards.push(tell);
  else if ("$client" in tx && tx.$client instanceof Pool) tell();
}

const onConnections = new WeakMap<PoolClient, Tx>();

/** One for each connection: a new one would have to learn anew what the columns of every table are called. */
function onConnection(client: PoolClient): Tx {
  const known = onConnections.get(client);
  if (known) return known;
  const tx = drizzle({ client, casing: "snake_case" });
  onConnections.set(client, tx);
  return tx;
}

function rollsBack(client: PoolClient): Promise<boolean> {
  return client.query("rollback").then(
    () => true,
    () => false,
  );
}

/** Runs `work` on the pool without a transaction, with the same translation of failures. */
export function reading<T>(work: (db: Database) => Promise<T>): Promise<T> {
  return work(database()).catch(throwAsAppError);
}

function throwAsAppError(error: unknown): never {
  throw asAppError(error);
}

/** The one clock by which time is judged (security.md P6). */
export async function databaseTime(tx: Tx): Promise<Date> {
  const { rows } = await tx.execute<{ now: Date }>(sql`select now() as now`);
  const [row] = rows;
  if (!row) throw new Error("The database told no time.");
  return new Date(row.now);
}

/**
 * Runs one of the statements that every signed request takes, without Drizzle: building them, mapping their rows and
 * its dozen promises would cost as much as running them. `Row` is what the text selects; the types are read as
 * `hotTypes` says.
 */
export function hotRows<Row extends object, Found>(
  db: Database,
  statement: HotStatement,
  values: HotValues,
  read: (rows: Row[]) => Found,
): Promise<Found> {
  return runHot(db.$client, statement, values, read);
}

interface PoolOptions {
  readonly restricted: boolean;
  readonly max?: number;
  readonly longestSilenceMilliseconds?: number;
}

/** A pool with bounded waits, so that a dead database is a 503 within seconds and never a hang. */
export function createPool(url: string, options: PoolOptions): Pool {
  const config: PoolConfig = {
    connectionString: url,
    max: options.max ?? 16,
    connectionTimeoutMillis: 2_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: "latchkey",
    options: [
      "-c statement_timeout=5000",
      "-c idle_in_transaction_session_timeout=10000",
      ...(options.restricted ? [`-c role=${applicationRole}`] : []),
    ].join(" "),
  };
  const pool = new Pool(config);
  // An idle connection that breaks is replaced by the pool; unheard, its error would end the process.
  pool.on("error", () => undefined);
  // A connection that breaks while a transaction holds it tells so by an event; unheard, that would end the process.
  pool.on("connect", (client) => client.on("error", () => undefined));
  pool.on("connect", (client) =>
    breakOnSilence(client, options.longestSilenceMilliseconds ?? 7_000),
  );
  pool.on("release", (error) => {
    if (isSilence(error)) dropIdle(pool);
  });
  return pool;
}

/**
 * Breaks a connection that says nothing for so long while somebody waits for its answer. The socket has one timer, which
 * traffic sets anew; the driver's `query_timeout` makes one for each statement, and garbage that a collection of the
 * young generation does not find (docs/decisions/0111).
 */
function breakOnSilence(
  client: PoolClient & { readonly readyForQuery?: boolean },
  milliseconds: number,
): void {
  const { stream } = client.connection;
  if (!(stream instanceof Socket)) throw new Error("The connection has no socket to listen at.");
  stream.setTimeout(milliseconds);
  // Not as the callback of setTimeout, which is heard once: the first rest would be the last silence that is noticed.
  stream.on("timeout", () => {
    if (client.readyForQuery === false) stream.destroy(new Error(silence));
  });
}

/** Otherwise each of them would cost somebody the wait for a statement once more. */
function dropIdle(pool: Pool): void {
  for (let left = pool.idleCount; left > 0; left -= 1)
    pool.connect((error, _client, release) => {
      if (!error) release(true);
    });
}
