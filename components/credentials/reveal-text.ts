/** What belongs to a secret and is none: a user name, an access key. */
export type SecretExtra = {
  label: string;
  value: string;
  /** Goes into a program as it stands: in mono, with a button to copy it. */
  isCode?: true;
};

/** What *Download* saves: the secret alone, so that a tool can read the file, or labelled where more belongs to it. */
export function revealFileText(secretNoun: string, secret: string, extras: readonly SecretExtra[]) {
  if (extras.length === 0) return `${secret}\n`;
  const lines = [...extras, { label: capitalised(secretNoun), value: secret }];
  return lines.map(({ label, value }) => `${label}: ${value}\n`).join("");
}

export type ShadedGroup = { text: string; isShaded: boolean };

/** Cuts a secret into groups of five that a page shades in turn, line by line; a prefix like `lkat_` stands alone. */
export function shadedGroups(secret: string): ShadedGroup[] {
  return secret.split(/(?<=\n)/).flatMap(groupsOfLine);
}

function groupsOfLine(secret: string): ShadedGroup[] {
  const prefix = /^[a-z]{2,6}_/.exec(secret)?.[0] ?? "";
  const groups = secret.slice(prefix.length).match(/.{1,5}/gsu) ?? [];
  const all = prefix === "" ? groups : [prefix, ...groups];
  return all.map((text, index) => ({ text, isShaded: index % 2 === 1 }));
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
