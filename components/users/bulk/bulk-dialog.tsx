"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { useRevealClosing } from "@/components/credentials/use-reveal-closing";
import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { GroupField, groupIn, noSuchGroup, useGroupId } from "@/components/groups/group-field";
import { Dialog } from "@/components/ui/dialog";
import { longestReason } from "@/lib/domain/audit/longest-reason";

import { textOf } from "@/components/form/text-of";
import type { Asked } from "./bulk-acts";
import { type BulkAct, bulkLabels } from "./bulk-labels";
import { BulkResults } from "./bulk-results";
import type { ListedUser } from "./choice";
import { useBulkRun } from "./use-bulk-run";

type BulkDialogProps = {
  act: BulkAct;
  users: readonly ListedUser[];
  isOpen: boolean;
  onClose: () => void;
  /** For whom it is done: they need not stay chosen. */
  onDone: (ids: readonly string[]) => void;
};

/** One act on many users: what follows, then one after the other, with a result for each. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function BulkDialog(props: BulkDialogProps) {
  const { act, users, isOpen, onClose, onDone } = props;
  const router = useRouter();
  const run = useBulkRun(act);
  const leave = () => {
    onDone(run.results.flatMap(({ state, user }) => (state === "done" ? [user.id] : [])));
    if (run.results.length > 0) router.refresh();
    onClose();
  };
  const closing = useRevealClosing(leave);
  const hasSecrets = run.results.some(({ secret }) => secret !== undefined);
  const requestClose = () => {
    if (run.isRunning) return;
    if (hasSecrets) closing.request();
    else leave();
  };
  const count = users.length === 1 ? "1 user" : `${users.length} users`;
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && requestClose()}
      onClosed={run.forget}
      size={hasSecrets ? "wide" : "regular"}
      title={`${bulkLabels[act]}: ${count}`}
      description={run.results.length === 0 ? consequences[act] : undefined}
    >
      {run.results.length === 0 ? (
        <BulkForm act={act} onCancel={onClose} onSubmit={(asked) => void run.start(users, asked)} />
      ) : (
        <BulkResults
          results={run.results}
          halt={run.halt}
          isRunning={run.isRunning}
          closing={closing}
          onStop={run.stop}
          onRepeat={() => void run.repeat()}
          onClose={requestClose}
        />
      )}
    </Dialog>
  );
}

const consequences = {
  activate: "Everything that a suspension closed opens again. Who is blocked stays blocked.",
  suspend:
    "Everything of these users closes at the next attempt, and all their sessions end. Nothing is deleted.",
  password:
    "Their former passwords and all their sessions end. You get a one-time password for each, shown once, and hand them over one by one.",
  invitation:
    "Each gets a mail with a link that makes their one-time password, and an earlier link stops working. Only for who has an e-mail address and never signed in.",
  group: "What the group allows is theirs from now on.",
} as const satisfies Record<BulkAct, string>;

const asksReason = {
  activate: true,
  suspend: true,
  password: true,
  invitation: false,
  group: false,
} as const satisfies Record<BulkAct, boolean>;

function BulkForm({
  act,
  onSubmit,
  onCancel,
}: {
  act: BulkAct;
  onSubmit: (asked: Asked) => void;
  onCancel: () => void;
}) {
  const groupIdOf = useGroupId();
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const submit = async (values: FormData) => {
    const reason = textOf(values, "reason").trim();
    if (asksReason[act] && reason === "") return setProblem(problemAt("reason", "Say why."));
    const groupId = act === "group" ? await groupIdOf(groupIn(values)) : "";
    if (groupId === undefined) return setProblem(problemAt("group", noSuchGroup));
    onSubmit({ reason, groupId });
  };
  return (
    <Form onSubmit={(values) => void submit(values)} pending={false} error={problem}>
      {act === "group" ? <GroupField /> : null}
      {asksReason[act] && (
        <TextField
          name="reason"
          label="Reason"
          hint="Each of them reads it under Activity, and in a mail if they have an address."
          autoComplete="off"
          maxLength={longestReason}
          // The dialog was opened to be typed into.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
        />
      )}
      <FormActions submitLabel={bulkLabels[act]} pending={false} onCancel={onCancel} />
    </Form>
  );
}

const problemAt = (field: string, message: string): FormProblem => ({
  message,
  fields: { [field]: message },
});
