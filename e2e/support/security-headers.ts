/** What every answer carries (security.md R61). */
const everywhere: Record<string, RegExp> = {
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
  "referrer-policy": /^same-origin$/,
  "cross-origin-opener-policy": /^same-origin$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "permissions-policy": /camera=\(\)/,
  "content-security-policy":
    /^default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$|^default-src 'self'; script-src 'nonce-[A-Za-z0-9+/]{24}' 'strict-dynamic';/,
};

interface GivenHeaders {
  get(name: string): string | null | undefined;
}

/** The headers of a reply of Node's own client, to be asked like any others. */
export function headersOf(given: Record<string, string | string[] | undefined>): GivenHeaders {
  return new Map(Object.entries(given).map(([name, value]) => [name, String(value)]));
}

/** The headers that an answer lacks, and those that it has and must not have. */
export function missingHeaders(headers: GivenHeaders): string[] {
  const missing = Object.entries(everywhere)
    .filter(([name, pattern]) => !pattern.test(headers.get(name) ?? ""))
    .map(([name]) => name);
  const script = /script-src ([^;]*)/.exec(headers.get("content-security-policy") ?? "")?.[1] ?? "";
  return [
    ...missing,
    ...(script.includes("unsafe") ? ["a script-src without unsafe"] : []),
    ...["x-powered-by", "server"].filter((name) => typeof headers.get(name) === "string"),
  ];
}

/** Looks at one answer after the other, and remembers their nonces. */
export class HeaderJudge {
  readonly statuses = new Set<number>();
  readonly nonces = new Set<string>();
  answers = 0;
  /** Answers with a nonce; as many as there are nonces, if none came twice. */
  given = 0;
  scripts = 0;

  faultsOf({ status, headers, body }: { status: number; headers: GivenHeaders; body: string }) {
    this.answers += 1;
    this.statuses.add(status);
    const faults = missingHeaders(headers);
    const nonce = /'nonce-([^']+)'/.exec(headers.get("content-security-policy") ?? "")?.[1];
    if (nonce === undefined) return faults;
    this.given += 1;
    this.nonces.add(nonce);
    const tags = body.match(/<script\b[^>]*>/g) ?? [];
    this.scripts += tags.length;
    const isPage = headers.get("content-type")?.startsWith("text/html") === true;
    const isKept = isPage && !/no-store/.test(headers.get("cache-control") ?? "");
    return [
      ...faults,
      ...tags.filter((tag) => !tag.includes(`nonce="${nonce}"`)),
      ...(isKept ? ["no-store"] : []),
    ];
  }
}
