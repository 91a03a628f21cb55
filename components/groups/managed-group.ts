/** What the dialogs about a group need to know of it, and what the viewer may do. */
export interface ManagedGroup {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly isAdministrators: boolean;
  readonly isEmpty: boolean;
  readonly mayUpdate: boolean;
  readonly mayDelete: boolean;
}

export type GroupDialogProps = { group: ManagedGroup; isOpen: boolean; onClose: () => void };

export type JoinedGroup = Pick<ManagedGroup, "id" | "name" | "isAdministrators">;
