import { type OperationName, operationNames, type OperationRule, ruleOf } from "./operations";

/** What an operation is called in a list: *Upload API key*. */
export function operationWords(name: OperationName): string {
  const words = name
    .replace("OAuth", "Oauth")
    .split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/)
    .map((word) => special[word] ?? word.toLowerCase());
  return words.join(" ").replace(/^./, (first) => first.toUpperCase());
}

const special: Readonly<Record<string, string>> = {
  Api: "API",
  Db: "database",
  Oauth: "OAuth",
  Mfa: "MFA",
  Smtp: "SMTP",
  Totp: "TOTP",
  UI: "console",
};

/** All of them by what they are about, for a list to choose from. */
export const operationGroups: readonly {
  readonly about: OperationRule["about"];
  readonly names: readonly OperationName[];
}[] = (["user", "group", "membership", "tenancy"] as const).map((about) => ({
  about,
  names: operationNames.filter((name) => ruleOf(name).about === about),
}));
