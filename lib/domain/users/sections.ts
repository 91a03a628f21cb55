import { credentialKinds } from "../credentials/registry";
import { credentialOperation, type OperationName } from "../policies/operations";

export interface UserSection {
  /** The last part of its address. */
  readonly id: string;
  readonly title: string;
  /** The kind that it lists, if it is one of credentials. */
  readonly kindId?: string;
  /** What whoever looks at it must be allowed. */
  readonly needs: OperationName;
}

/** The sections of a user's page, the same for the profile and for an administrator's view of another person. */
export const userSections: readonly UserSection[] = [
  { id: "details", title: "Details", needs: "GetUser" },
  ...credentialKinds.map(({ id, description }) => ({
    id: description.section,
    title: description.title,
    kindId: id,
    needs: credentialOperation(id, "list"),
  })),
  { id: "groups", title: "Groups", needs: "ListUserGroupMemberships" },
  { id: "security", title: "Security", needs: "ListSessions" },
  { id: "activity", title: "Activity", needs: "ListActivity" },
];
