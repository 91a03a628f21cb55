import { connect } from "node:net";

/** What came back on the socket, taken apart no further than needed. */
export interface RawReply {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** True when the server said nothing more and did not close either. */
  readonly isHanging: boolean;
}

const patience = 15_000;

/** Sends text as it is and reads until the server closes. Requests should ask for `Connection: close`. */
export function exchange(port: number, text: string | Buffer): Promise<RawReply> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, "127.0.0.1");
    const finish = (isHanging: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ ...parse(Buffer.concat(chunks).toString("latin1")), isHanging });
    };
    const timer = setTimeout(() => finish(true), patience);
    socket.on("data", (chunk: Buffer) => chunks.push(chunk));
    socket.once("end", () => finish(false));
    socket.once("error", (error) => (chunks.length > 0 ? finish(false) : reject(error)));
    socket.once("connect", () => socket.write(text));
  });
}

/** A request's head and body as they go on the wire. */
export function wire(
  line: string,
  headers: readonly (readonly [string, string])[],
  body = "",
): string {
  const lines = [...headers, ["connection", "close"] as const].map(
    ([name, value]) => `${name}: ${value}`,
  );
  return `${line} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n${body}`;
}

function parse(text: string): Omit<RawReply, "isHanging"> {
  const end = text.indexOf("\r\n\r\n");
  const [line = "", ...lines] = text.slice(0, end).split("\r\n");
  const headers = new Map<string, string>();
  for (const each of lines) {
    const name = each.slice(0, each.indexOf(":")).toLowerCase();
    const value = each.slice(each.indexOf(":") + 1).trim();
    headers.set(name, headers.has(name) ? `${headers.get(name)}, ${value}` : value);
  }
  return { status: Number(line.split(" ")[1] ?? 0), headers, body: text.slice(end + 4) };
}
