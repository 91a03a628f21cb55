import type { wire } from "./raw";

type Headers = Parameters<typeof wire>[1];
export type Question = readonly [what: string, method: string, headers: Headers, body?: string];

/** What is asked of every address, by whom and how: honest, broken and forged. */
export function questions(by: {
  /** Where the console is served. */
  origin: string;
  /** Cookies of somebody, and of an administrator. */
  person: string;
  administrator: string;
}): Question[] {
  const origin = ["origin", by.origin] as const;
  const length = (count: number) => ["content-length", String(count)] as const;
  const form = ["content-type", "text/plain"] as const;
  const asAdministrator: Headers = [["cookie", by.administrator]];
  return [
    ["GET", "GET", []],
    ["GET signed in", "GET", [["cookie", by.person]]],
    ["GET as administrator", "GET", asAdministrator],
    ["data", "GET", [...asAdministrator, ["rsc", "1"]]],
    ["HEAD", "HEAD", []],
    ["POST empty", "POST", [origin, form, length(0)]],
    ["POST broken", "POST", [origin, ["content-type", "multipart/form-data"], length(1)], "x"],
    ["POST foreign", "POST", [["origin", "https://evil.test"], length(0)]],
    ["POST without length", "POST", [origin, form, ["transfer-encoding", "chunked"]], "0\r\n\r\n"],
    ["DELETE", "DELETE", []],
    ["TRACE", "TRACE", []],
    ["foreign host", "GET", [["host", "evil.test"]]],
  ];
}
