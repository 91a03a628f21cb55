import { invalidRequest } from "./oauth-error";

/** The parameters of a request, decoded; those without a value are not there (RFC 6749 3.2). */
export type Form = ReadonlyMap<string, readonly string[]>;

/** Parameters that may be repeated; Oracle's clients ask for several scopes so. */
const repeatable = new Set(["scope"]);

/** Reads `application/x-www-form-urlencoded`. Throws `invalid_request` for a parameter given twice and for what is not text. */
export function parseForm(text: string): Form {
  const form = new Map<string, string[]>();
  for (const pair of text.split("&")) {
    if (pair === "") continue;
    const [name = "", ...rest] = pair.split("=");
    const key = decodeFormText(name);
    const value = decodeFormText(rest.join("="));
    if (key === undefined || value === undefined)
      throw invalidRequest("The body is not properly form-encoded UTF-8.");
    const values = form.get(key) ?? [];
    if (values.length > 0 && !repeatable.has(key))
      throw invalidRequest(`A parameter is given more than once.`);
    form.set(key, [...values, value]);
  }
  return new Map([...form].map(([key, values]) => [key, values.filter((value) => value !== "")]));
}

/** The value of a parameter that has one. */
export function valueOf(form: Form, name: string): string | undefined {
  return form.get(name)?.[0];
}

/** Undefined for a broken escape, and for bytes that are not UTF-8. */
export function decodeFormText(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return undefined;
  }
}
