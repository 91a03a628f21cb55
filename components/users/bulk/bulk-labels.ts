/** What can be done to many users at once. */
export type BulkAct = keyof typeof bulkLabels;

export const bulkLabels = {
  activate: "Activate",
  suspend: "Suspend",
  password: "Reset password",
  invitation: "Resend invitation",
  group: "Add to group",
} as const;
