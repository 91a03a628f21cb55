"use client";

import { useState } from "react";

import { TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { useDialogAction } from "@/components/form/use-dialog-action";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { updateUserAction } from "@/lib/actions/users";
import { type TagLine, tagLines, tagProblems, tagsOf } from "@/lib/domain/tag-lines";

import { textOf } from "@/components/form/text-of";
import type { ManagedUser, UserDialogProps } from "./user-dialogs";

/** The tags of a user, freeform ones and those of a namespace. */
export function EditTagsDialog({ user, isOpen, onClose }: UserDialogProps) {
  return (
    <Dialog
      isOpen={isOpen}
      onClose={(reason) => reason !== "outside" && onClose()}
      title={`Tags of “${user.name}”`}
      description="A tag without a namespace is freeform. Tags are for finding and sorting; they allow nothing."
      size="wide"
    >
      {isOpen && <TagsForm user={user} onClose={onClose} />}
    </Dialog>
  );
}

/** The tags as they were read, which lines cannot tell again: a namespace may have none. */
function startOf({ freeformTags, definedTags }: ManagedUser) {
  return { seen: { freeformTags, definedTags }, before: tagLines(freeformTags, definedTags) };
}

function TagsForm({ user, onClose }: { user: ManagedUser; onClose: () => void }) {
  const update = useDialogAction(updateUserAction, onClose, () => "Tags saved");
  const [{ seen, before }] = useState(() => startOf(user));
  const [rows, setRows] = useState(() => before.map((tag, index) => ({ ...tag, id: index })));
  const [fields, setFields] = useState<Record<string, string>>({});
  const nextId = Math.max(-1, ...rows.map(({ id }) => id)) + 1;
  const save = (values: FormData) => {
    const lines = rows.map(({ id }): TagLine => ({
      namespace: textOf(values, `tags.${id}.namespace`).trim(),
      key: textOf(values, `tags.${id}.key`).trim(),
      value: textOf(values, `tags.${id}.value`),
    }));
    const problems = Object.fromEntries(
      tagProblems(lines).map(({ line, field, sentence }) => [
        `tags.${rows[line]?.id}.${field}`,
        sentence,
      ]),
    );
    setFields(problems);
    if (Object.keys(problems).length > 0) return;
    update.mutate({ userId: user.id, ...tagsOf(lines, before), seen });
  };
  const problem = Object.keys(fields).length > 0 ? { message: "Mend the tags.", fields } : null;
  const plain = { autoComplete: "off", autoCapitalize: "off", spellCheck: false };
  return (
    <Form onSubmit={save} pending={update.isPending} error={problem ?? update.error}>
      {rows.map((row, index) => (
        <fieldset
          key={row.id}
          aria-label={`Tag ${index + 1}`}
          className="grid gap-2 border-b border-line pb-4 sm:grid-cols-[1fr_1fr_1.5fr_auto] sm:items-start"
        >
          <TextField
            {...plain}
            name={`tags.${row.id}.namespace`}
            label="Namespace"
            isOptional
            defaultValue={row.namespace}
          />
          <TextField {...plain} name={`tags.${row.id}.key`} label="Key" defaultValue={row.key} />
          <TextField
            {...plain}
            name={`tags.${row.id}.value`}
            label="Value"
            isOptional
            defaultValue={String(row.value)}
          />
          <Button
            className="sm:mt-6"
            aria-label={`Remove tag ${index + 1}`}
            onClick={() => setRows(rows.filter(({ id }) => id !== row.id))}
          >
            Remove
          </Button>
        </fieldset>
      ))}
      <div>
        <Button
          onClick={() => setRows([...rows, { id: nextId, namespace: "", key: "", value: "" }])}
        >
          {rows.length === 0 ? "+ Tag" : "+ Another Tag"}
        </Button>
      </div>
      <FormActions submitLabel="Save tags" pending={update.isPending} onCancel={update.close} />
    </Form>
  );
}
