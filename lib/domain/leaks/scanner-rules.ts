import { secretFormats, secretKinds, secretPattern } from "../secret-format";

/** Rules for secret scanners, by the name of the file that holds them: made from the one table of formats. */
export function scannerRules(): Record<
  "gitleaks.toml" | "secretlintrc.json" | "github.json",
  string
> {
  return {
    "gitleaks.toml": gitleaks(),
    "secretlintrc.json": json({
      rules: [
        {
          id: "@secretlint/secretlint-rule-pattern",
          options: {
            patterns: secretKinds.map((kind) => ({
              name: nameOf(kind),
              pattern: `/${secretPattern(kind)}/`,
            })),
          },
        },
      ],
    }),
    // As the form for a custom pattern asks for it; before and after are what it suggests by itself.
    "github.json": json(
      secretKinds.map((kind) => ({
        name: nameOf(kind),
        secretFormat: secretPattern(kind).replaceAll(String.raw`\b`, ""),
        beforeSecret: String.raw`\A|[^0-9A-Za-z]`,
        afterSecret: String.raw`\z|[^0-9A-Za-z]`,
      })),
    ),
  };
}

type Kind = (typeof secretKinds)[number];

const nameOf = (kind: Kind) => `Latchkey ${secretFormats[kind].noun}`;

function gitleaks(): string {
  const rules = secretKinds.map((kind) =>
    [
      "[[rules]]",
      `id = "latchkey-${kind.replaceAll("_", "-")}"`,
      `description = "${nameOf(kind)}"`,
      `regex = '''${secretPattern(kind)}'''`,
      "entropy = 3",
      `keywords = ["${secretFormats[kind].prefix}"]`,
    ].join("\n"),
  );
  return `${['title = "Latchkey"', "[extend]\nuseDefault = true", ...rules].join("\n\n")}\n`;
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
