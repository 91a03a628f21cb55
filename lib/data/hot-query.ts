import "server-only";
import {
  type Connection,
  DatabaseError,
  type FieldDef,
  type Pool,
  type PoolClient,
  type Submittable,
} from "pg";

import { hotTypes } from "./hot-types";

/** A statement that selects, planned once a connection by its name. */
export interface HotStatement {
  readonly name: string;
  readonly text: string;
}

export type HotValues = readonly (string | readonly string[])[];

/**
 * Runs a hot statement; `Row` is what its text selects. It goes on a connection of the pool that such statements share
 * while answers are due on it (docs/decisions/0126). After a failure the connection is not used again, as with the pool's
 * own `query`; the others on it get their answers, unless it broke.
 */
export function runHot<Row extends object, Found>(
  pool: Pool,
  statement: HotStatement,
  values: HotValues,
  read: (rows: Row[]) => Found,
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const query = new HotQuery(statement, values, (error) => {
      if (error) return reject(error);
      try {
        resolve(read(query.rows() as Row[])); // The caller's word for what the text selects.
      } catch (unreadable) {
        reject(unreadable);
      }
    });
    const shared = sharedBy(pool);
    const open = shared.find((connection) => connection.takes(statement));
    if (open) return open.run(query);
    pool.connect((failure, client, release) => {
      if (!client) return reject(failure);
      const connection = new SharedConnection(client, (error) => {
        shared.splice(shared.indexOf(connection), 1);
        release(error);
      });
      shared.push(connection);
      connection.run(query);
    });
  });
}

const sharing = new WeakMap<Pool, SharedConnection[]>();

function sharedBy(pool: Pool): SharedConnection[] {
  const known = sharing.get(pool);
  if (known) return known;
  const none: SharedConnection[] = [];
  sharing.set(pool, none);
  return none;
}

/** So many statements wait on one connection for each other's answers, and not more. */
const mostAtOnce = 8;
/** Behind one that takes longer nobody waits who comes later. */
const longestWaitMilliseconds = 50;

/**
 * A connection between its checkout for one hot statement and the answer to the last that came along meanwhile. Each is
 * written at once and is a transaction of its own; the answers come in the same order. The driver's client knows only
 * the first of them and is told of the next when the answer to that one is complete: its own pipeline takes no query but
 * its own.
 */
class SharedConnection {
  /** Written, and not answered yet; the oldest first. */
  private readonly due: HotQuery[] = [];
  /** When the oldest began to be the oldest, by the clock of `performance`. */
  private movedAt = performance.now();
  private failure: Error | undefined;

  constructor(
    private readonly client: PoolClient,
    private readonly release: (failure: Error | undefined) => void,
  ) {}

  /** Only what is prepared here: whoever is behind one that cannot be prepared would fail with it. */
  takes({ name }: HotStatement): boolean {
    return (
      this.failure === undefined &&
      this.due.length < mostAtOnce &&
      performance.now() - this.movedAt < longestWaitMilliseconds &&
      columnsOn(this.client.connection).has(name)
    );
  }

  run(query: HotQuery): void {
    query.write(this.client.connection, (error) => this.goOn(error));
    this.due.push(query);
    if (this.due.length === 1) this.client.query(query);
  }

  private goOn(error: Error | null): void {
    this.failure ??= error ?? undefined;
    this.due.shift();
    this.movedAt = performance.now();
    // Whatever the database itself has refused, it goes on to the next; any other failure is the connection's end.
    if (error && !(error instanceof DatabaseError))
      for (const other of this.due.splice(0)) other.callback(error);
    const [next] = this.due;
    if (next) this.client.query(next);
    else this.release(this.failure);
  }
}

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

type Fields = readonly (string | null)[];

/**
 * One run of a hot statement in the messages of PostgreSQL's extended query protocol, all in one write; what its columns
 * are is asked once a connection. The driver's own query asks each time, and reading the answer is half of what it costs.
 */
class HotQuery implements Submittable {
  private readonly data: Fields[] = [];
  private known: Map<string, readonly Column[]> | undefined;
  private onAnswer: (error: Error | null) => void = () => undefined;

  constructor(
    private readonly statement: HotStatement,
    private readonly values: HotValues,
    readonly callback: (error: Error | null) => void,
  ) {}

  rows(): object[] {
    const columns = this.known?.get(this.statement.name) ?? [];
    return this.data.map((fields) => rowOf(columns, fields));
  }

  /** `onAnswer` is called before `callback`. */
  write(connection: Connection, onAnswer: (error: Error | null) => void): void {
    this.onAnswer = onAnswer;
    this.known = columnsOn(connection);
    const run = runMessages(this.statement, this.values);
    const isPrepared = this.known.has(this.statement.name);
    // A connection that cannot be written to has ended: its events say so to whoever waits.
    if (connection.stream.writable)
      connection.stream.write(isPrepared ? run : Buffer.concat([preparing(this.statement), run]));
  }

  submit(): void {
    // It is written already.
  }

  handleRowDescription({ fields }: { fields: readonly FieldDef[] }): void {
    const columns = fields.map(({ name, dataTypeID }) => ({
      name,
      parse: hotTypes.getTypeParser(dataTypeID, "text"),
    }));
    this.known?.set(this.statement.name, columns);
  }

  handleDataRow({ fields }: { fields: Fields }): void {
    this.data.push(fields);
  }

  handleCommandComplete(): void {
    // What counts is that the connection is ready for the next.
  }

  handleReadyForQuery(): void {
    this.end(null);
  }

  handleError(error: Error): void {
    this.end(error);
  }

  private end(error: Error | null): void {
    this.onAnswer(error);
    this.callback(error);
  }
}

const columnsKnown = Symbol.for("latchkey.columns-known");

/**
 * By statement: whatever has an entry is prepared on this connection. It stands on the connection itself, because the
 * server and the pages, which share the pool, each have a copy of this module.
 */
function columnsOn(
  connection: Connection & { [columnsKnown]?: Map<string, readonly Column[]> },
): Map<string, readonly Column[]> {
  return (connection[columnsKnown] ??= new Map());
}

function rowOf(columns: readonly Column[], fields: Fields): object {
  const row: Record<string, unknown> = {};
  for (let place = 0; place < columns.length; place += 1) {
    const column = columns[place];
    const text = fields[place];
    if (column) row[column.name] = typeof text === "string" ? column.parse(text) : null;
  }
  return row;
}

/** Parse, and Describe of the statement. */
function preparing({ name, text }: HotStatement): Buffer {
  return Buffer.concat([
    message("P", `${name}\0${text}\0\0\0`), // No types of parameters are given.
    message("D", `S${name}\0`),
  ]);
}

function message(type: string, content: string): Buffer {
  const bytes = Buffer.from(content, "utf8");
  const head = Buffer.from(`${type}\0\0\0\0`, "latin1");
  head.writeInt32BE(bytes.length + 4, 1);
  return Buffer.concat([head, bytes]);
}

/** Execute of everything, and Sync: the same for every run. */
const executeAndSync = Buffer.from("E\0\0\0\u0009\0\0\0\0\0S\0\0\0\u0004", "latin1");

/** Bind, Execute, Sync. Parameters and columns are text throughout. */
function runMessages({ name }: HotStatement, values: HotValues): Buffer {
  const texts = values.map((value) => (typeof value === "string" ? value : arrayText(value)));
  const lengths = texts.map((text) => Buffer.byteLength(text, "utf8"));
  const bind = lengths.reduce(
    (sum, length) => sum + 4 + length,
    4 + 1 + name.length + 1 + 2 + 2 + 2,
  );
  const buffer = Buffer.allocUnsafe(1 + bind + executeAndSync.length);
  let at = buffer.write("B", 0, "latin1");
  at = buffer.writeInt32BE(bind, at);
  at += buffer.write(`\0${name}\0\0\0`, at, "latin1");
  at = buffer.writeInt16BE(texts.length, at);
  for (const [place, text] of texts.entries()) {
    at = buffer.writeInt32BE(lengths[place] ?? 0, at);
    at += buffer.write(text, at, "utf8");
  }
  at = buffer.writeInt16BE(0, at);
  executeAndSync.copy(buffer, at);
  return buffer;
}

/** A text[] as PostgreSQL reads one. */
function arrayText(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replaceAll(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
