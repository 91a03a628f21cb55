import { z } from "zod";

/** The switches of a user's credential kinds and their names on screen. A new user has all of them on. */
export const capabilityLabels = {
  canUseConsolePassword: "Local password",
  canUseApiKeys: "API keys",
  canUseAuthTokens: "Auth tokens",
  canUseSmtpCredentials: "SMTP credentials",
  canUseCustomerSecretKeys: "Customer secret keys",
  canUseOAuth2ClientCredentials: "OAuth 2.0 client credentials",
  canUseDbCredentials: "Database passwords",
} as const satisfies Record<string, string>;

const shape = {
  canUseConsolePassword: z.boolean(),
  canUseApiKeys: z.boolean(),
  canUseAuthTokens: z.boolean(),
  canUseSmtpCredentials: z.boolean(),
  canUseCustomerSecretKeys: z.boolean(),
  canUseOAuth2ClientCredentials: z.boolean(),
  canUseDbCredentials: z.boolean(),
} satisfies Record<keyof typeof capabilityLabels, z.ZodBoolean>;

export type Capabilities = Readonly<Record<keyof typeof capabilityLabels, boolean>>;

/** Which switch of a user's capabilities a credential kind hangs on. */
export type Capability = keyof Capabilities;

export const allCapabilities: Capabilities = {
  canUseConsolePassword: true,
  canUseApiKeys: true,
  canUseAuthTokens: true,
  canUseSmtpCredentials: true,
  canUseCustomerSecretKeys: true,
  canUseOAuth2ClientCredentials: true,
  canUseDbCredentials: true,
};

/**
 * Some of the switches, as a form or the Identity API sends them; unknown members are ignored. Requests spell
 * `canUseDBCredentials`, replies `canUseDbCredentials`: either is understood, both at once only if they agree.
 */
export const capabilityChanges = z
  .object({ ...shape, canUseDBCredentials: z.boolean() })
  .partial()
  .refine(
    (changes) =>
      changes.canUseDBCredentials === undefined ||
      changes.canUseDbCredentials === undefined ||
      changes.canUseDBCredentials === changes.canUseDbCredentials,
    {
      error: "canUseDbCredentials and canUseDBCredentials contradict each other.",
      path: ["canUseDbCredentials"],
    },
  )
  .transform(({ canUseDBCredentials, ...changes }): Partial<Capabilities> => {
    const given = {
      ...changes,
      canUseDbCredentials: changes.canUseDbCredentials ?? canUseDBCredentials,
    };
    return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  });

/** The switches as stored: what a row does not mention is on. */
export const storedCapabilities = z
  .object(shape)
  .partial()
  .transform((stored): Capabilities => applyCapabilities(allCapabilities, stored));

export function applyCapabilities(
  capabilities: Capabilities,
  changes: { [Name in keyof Capabilities]?: boolean | undefined },
): Capabilities {
  return {
    canUseConsolePassword: changes.canUseConsolePassword ?? capabilities.canUseConsolePassword,
    canUseApiKeys: changes.canUseApiKeys ?? capabilities.canUseApiKeys,
    canUseAuthTokens: changes.canUseAuthTokens ?? capabilities.canUseAuthTokens,
    canUseSmtpCredentials: changes.canUseSmtpCredentials ?? capabilities.canUseSmtpCredentials,
    canUseCustomerSecretKeys:
      changes.canUseCustomerSecretKeys ?? capabilities.canUseCustomerSecretKeys,
    canUseOAuth2ClientCredentials:
      changes.canUseOAuth2ClientCredentials ?? capabilities.canUseOAuth2ClientCredentials,
    canUseDbCredentials: changes.canUseDbCredentials ?? capabilities.canUseDbCredentials,
  };
}
