import type { KindDescription } from "@/lib/domain/credentials/kind";
import type { CredentialView } from "@/lib/domain/credentials/present";

import type { Owner, ServerContext } from "./context";

export type IssueDialogProps = {
  description: KindDescription;
  owner: Owner;
  isOwn: boolean;
  context: ServerContext;
  isOpen: boolean;
  onClose: () => void;
  /** Once it has left the screen: the moment to refresh the list. */
  onClosed: () => void;
  /** For a dialog that closes as soon as it is done. */
  onIssued: (credential: CredentialView) => void;
};

/** The same for one that takes the place of another. */
export type RotateDialogProps = IssueDialogProps & { rotating: CredentialView };

/** A dialog that a row's *Actions* menu opens. */
export type RowDialogProps = {
  credential: CredentialView;
  owner: Owner;
  isOwn: boolean;
  context: ServerContext;
  isOpen: boolean;
  onClose: () => void;
};

/** What a kind adds to the page of one of its credentials. */
export type OwnPageProps = Pick<IssueDialogProps, "description" | "owner" | "isOwn" | "context"> & {
  credential: CredentialView;
  /** Something here may change it: the list is followed from then on. */
  onTouched: () => void;
  /** After a change: the moment to read the list and what stands around it again. */
  onChanged: () => void;
  /** Opens the dialog that rotates it. */
  onRenew: () => void;
};

export type MoreFieldsProps = { owner: Owner; isOwn: boolean };

export type UseItProps = {
  credential: CredentialView;
  secret: string;
  owner: Owner;
  context: ServerContext;
};

/** What stands in the section, until it is closed, after one was issued. */
export type AfterIssueProps = {
  credential: CredentialView;
  owner: Owner;
  onClose: () => void;
};

/** What a kind says of its owner above the list. */
export type OwnerPanelProps = {
  owner: Owner;
  isOwn: boolean;
};
