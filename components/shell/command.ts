export type Command = {
  id: string;
  label: string;
  group: string;
  /** Words that find it besides its label. */
  keywords?: string | undefined;
  href: string;
};
