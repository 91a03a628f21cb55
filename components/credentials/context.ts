import type { PasswordPolicy } from "@/lib/domain/password/criteria";

/** Whose credentials a panel shows. */
export type Owner = {
  readonly id: string;
  readonly name: string;
  readonly dbUserName: string | null;
  readonly dbUserDescription: string;
  /** Whether who looks may give them an alternate database user name. */
  readonly canNameDatabaseUser?: boolean | undefined;
};

/** What ready-to-paste texts need to know of this server. */
export type ServerContext = {
  readonly tenancyId: string;
  readonly tenancyName?: string | undefined;
  readonly region: string;
  /** The public address. */
  readonly url: string;
  /** Who is looking. */
  readonly userId: string;
  /** The tenancy's rules, where the owner chooses the secret. */
  readonly passwordPolicy?: PasswordPolicy | undefined;
};
