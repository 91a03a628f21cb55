/** Whose credentials a panel shows. */
export type Owner = { readonly id: string; readonly name: string };

/** What ready-to-paste texts need to know of this server. */
export type ServerContext = {
  readonly tenancyId: string;
  readonly tenancyName?: string | undefined;
  readonly region: string;
  /** The public address. */
  readonly url: string;
  /** Who is looking. */
  readonly userId: string;
};
