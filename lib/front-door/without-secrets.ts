import { secretKinds, secretPattern } from "@/lib/domain/secret-format";

/**
 * The same fields without what must not be written down, at any depth: members that are called like a secret, and text
 * that looks like one of ours wherever it stands. Errors pass: their serializer describes them, and asks here.
 */
export function withoutSecrets(fields: Record<string, unknown>): Record<string, unknown> {
  return membersOf(fields, deepest);
}

/** A line says a few things of an event; what is nested deeper is a mistake, and may hold itself. */
const deepest = 6;
const hidden = "[redacted]";

function membersOf(fields: object, levels: number): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      secretName.test(name) && typeof value !== "boolean" ? hidden : clean(value, levels),
    ]),
  );
}

function clean(value: unknown, levels: number): unknown {
  if (typeof value === "string") return textWithoutSecrets(value);
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Error || value instanceof Date) return value;
  if (levels === 0 || ArrayBuffer.isView(value)) return hidden;
  if (Array.isArray(value)) return value.map((one) => clean(one, levels - 1));
  return membersOf(value, levels - 1);
}

/** Text, with each secret of ours in it, private keys and cookies' tokens included, taken out. */
export function textWithoutSecrets(text: string): string {
  return text.replace(secretText, hidden);
}

const secretName =
  /(?:password|passphrase|secret|token|verifier|authorization|cookie|private_?key|seed|otp)s?$/i;

const secretText = new RegExp(
  [
    ...secretKinds.map(secretPattern),
    "-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(?:-----END [A-Z ]*PRIVATE KEY-----)?",
  ].join("|"),
  "g",
);
