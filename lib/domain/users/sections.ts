import { credentialKinds } from "../credentials/registry";

export interface UserSection {
  /** The last part of its address. */
  readonly id: string;
  readonly title: string;
  /** The kind that it lists, if it is one of credentials. */
  readonly kindId?: string;
}

/** The sections of a user's page, the same for the profile and for an administrator's view of another person. */
export const userSections: readonly UserSection[] = [
  { id: "details", title: "Details" },
  ...credentialKinds.map(({ id, description }) => ({
    id: description.section,
    title: description.title,
    kindId: id,
  })),
  { id: "groups", title: "Groups" },
  { id: "security", title: "Security" },
  { id: "activity", title: "Activity" },
];
