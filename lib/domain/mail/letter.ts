/** What a mail says, before it is laid out: both forms are made from it, so that they cannot say different things. */
export interface Letter {
  readonly subject: string;
  readonly parts: readonly Part[];
}

/** A sentence or more; facts with their names; something to copy; a link. */
export type Part =
  | { readonly type: "paragraph"; readonly text: string }
  | { readonly type: "facts"; readonly facts: Readonly<Record<string, string>> }
  | { readonly type: "code"; readonly label: string; readonly code: string }
  | { readonly type: "link"; readonly label: string; readonly url: string };

export const paragraph = (text: string): Part => ({ type: "paragraph", text });
export const facts = (named: Record<string, string>): Part => ({ type: "facts", facts: named });
export const code = (label: string, text: string): Part => ({ type: "code", label, code: text });
export const link = (label: string, url: string): Part => ({ type: "link", label, url });

/** The letter as plain text, one blank line between its parts. */
export function asText({ parts }: Letter): string {
  return `${parts.map(textOf).join("\n\n")}\n`;
}

/** The same as a small HTML document without styles, scripts or anything that is fetched. */
export function asHtml({ subject, parts }: Letter): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<title>${escape(subject)}</title></head><body>`,
    ...parts.map(htmlOf),
    "</body></html>",
  ].join("\n");
}

/**
 * One line of text that cannot end a header, turn the direction of what follows, or fill the page: for values that
 * came from outside, such as the name a browser gives itself.
 */
export function oneLine(text: string, most = 200): string {
  const characters = [...text.replaceAll(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, " ").trim()];
  return characters.length > most
    ? `${characters.slice(0, most - 1).join("")}…`
    : characters.join("");
}

function textOf(part: Part): string {
  switch (part.type) {
    case "paragraph":
      return part.text;
    case "facts":
      return Object.entries(part.facts)
        .map(([name, value]) => `${name}: ${value}`)
        .join("\n");
    case "code":
      return `${part.label}:\n\n    ${part.code}`;
    case "link":
      return `${part.label}: ${part.url}`;
  }
}

function htmlOf(part: Part): string {
  switch (part.type) {
    case "paragraph":
      return `<p>${escape(part.text)}</p>`;
    case "facts":
      return `<p>${Object.entries(part.facts)
        .map(([name, value]) => `${escape(name)}: <b>${escape(value)}</b>`)
        .join("<br>")}</p>`;
    case "code":
      return `<p>${escape(part.label)}:</p><pre>${escape(part.code)}</pre>`;
    case "link":
      return `<p>${escape(part.label)}: <a href="${escape(part.url)}">${escape(part.url)}</a></p>`;
  }
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}
