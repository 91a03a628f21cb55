/** The etag of a row's version: opaque to clients, different for every change of one resource. */
export function etagOf(version: number): string {
  return `v${version}`;
}

/** Compares an `if-match` value; tolerates quotes, a weak prefix, and `*` for any (identity-api.md 5.4). */
export function matchesEtag(ifMatch: string, etag: string): boolean {
  const given = ifMatch.trim().replace(/^W\//, "").replaceAll('"', "");
  return given === "*" || given === etag;
}
