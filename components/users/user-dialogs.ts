import type { UserKind } from "@/lib/domain/caller";
import type { UserOperation } from "@/lib/domain/policies/operations";
import type { UserView } from "@/lib/domain/users/present";

/** What an administrator's dialogs need to know of the user they act on. */
export interface ManagedUser {
  readonly id: string;
  readonly name: string;
  readonly kind: UserKind;
  readonly state: UserView["state"];
  readonly description: string;
  readonly email: string | null;
  readonly invitation: UserView["invitation"];
  readonly hasSignedIn: boolean;
  /** By their user names: who answers for a service user. */
  readonly owner: string | null;
  readonly deputy: string | null;
  readonly isSelf: boolean;
  readonly hasSecondFactor: boolean;
  readonly groupNames: readonly string[];
  /** The service users that they answer for. */
  readonly answersFor: readonly { readonly name: string; readonly isOwner: boolean }[];
  readonly freeformTags: UserView["freeformTags"];
  readonly definedTags: UserView["definedTags"];
  /** What the viewer may do with them; nothing else is offered. */
  readonly mayDo: readonly UserOperation[];
  readonly capabilities: readonly CapabilitySwitch[];
  readonly limits: readonly KindLimit[];
}

/** How many of a kind; `own` is null where the limit for everybody holds. */
export interface KindLimit {
  readonly id: string;
  readonly label: string;
  readonly used: number;
  readonly own: number | null;
  readonly tenancy: number;
}

export interface CapabilitySwitch {
  readonly id: string;
  readonly label: string;
  readonly isOn: boolean;
}

export interface UserDialogProps {
  user: ManagedUser;
  isOpen: boolean;
  onClose: () => void;
}
