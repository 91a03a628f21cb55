"use client";

import { useRouter } from "next/navigation";
import { type MouseEvent, useState } from "react";

import { CheckboxField, TextField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { UnsavedGuard } from "@/components/shell/unsaved-guard";
import { Button } from "@/components/ui/button";
import { changeSettingsAction } from "@/lib/actions/settings";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";
import { changesOf, type SettingField } from "@/lib/domain/settings/words";

type Draft = Readonly<Record<string, unknown>>;

export type SettingsFormProps = {
  topic: string;
  title: string;
  fields: readonly SettingField[];
  /** As it is in force. */
  value: Draft;
  version: number;
  mayChange: boolean;
};

/** The settings of one topic. Says before it saves what would be different. */
export function SettingsForm(props: SettingsFormProps) {
  const { topic, title, fields, value, version, mayChange } = props;
  const router = useRouter();
  const [draft, setDraft] = useDraft(version);
  const [sentFor, setSentFor] = useState(version);
  const wanted = { ...value, ...draft };
  const changes = changesOf(fields, value, wanted);
  const update = useActionMutation(changeSettingsAction, {
    onDone: () => {
      announce(`${title} saved`);
      router.refresh();
    },
  });
  const save = () => {
    if (changes.length === 0) return;
    setSentFor(version);
    const change = Object.fromEntries(changes.map(({ name }) => [name, wanted[name]]));
    update.mutate({ topic, version, change });
  };
  // What was refused of another version is past, once that one is shown.
  const error = sentFor === version ? update.error : null;
  return (
    <Form
      label={title}
      onSubmit={save}
      pending={update.isPending}
      error={error}
      className="max-w-2xl"
    >
      <fieldset
        disabled={!mayChange}
        className="grid min-w-0 grid-cols-1 items-start gap-x-6 gap-y-3 sm:grid-cols-2"
      >
        {fields.map((field) => (
          <Setting
            key={field.name}
            field={field}
            value={wanted[field.name]}
            onChange={(next) => setDraft({ ...draft, [field.name]: next })}
          />
        ))}
      </fieldset>
      {error?.code === "stale" && (
        <button
          type="button"
          className="link self-start"
          onClick={(event) => {
            focusSave(event);
            router.refresh();
          }}
        >
          Load the settings in force
        </button>
      )}
      <UnsavedGuard isUnsaved={changes.length > 0} />
      {changes.length > 0 && <Changes changes={changes} />}
      {mayChange ? (
        <FormActions
          submitLabel="Save"
          pending={update.isPending}
          disabledReason={changes.length === 0 ? "Nothing is changed." : undefined}
          isReasonPlain
        >
          {changes.length > 0 && (
            <Button
              onClick={(event) => {
                focusSave(event);
                setDraft({});
                update.reset();
              }}
            >
              Undo
            </Button>
          )}
        </FormActions>
      ) : (
        <p className="text-small text-ink-soft">You may read these settings, not change them.</p>
      )}
    </Form>
  );
}

/** What is changed and not saved yet; nothing, once another version is in force. */
function useDraft(version: number) {
  const [known, setKnown] = useState(version);
  const [draft, setDraft] = useState<Draft>({});
  if (version !== known) {
    setKnown(version);
    setDraft({});
  }
  return [draft, setDraft] as const;
}

/** For a button that goes with the press. */
function focusSave({ currentTarget: { form } }: MouseEvent<HTMLButtonElement>) {
  form?.querySelector<HTMLElement>("[type=submit]")?.focus();
}

function Setting({
  field,
  value,
  onChange,
}: {
  field: SettingField;
  value: unknown;
  onChange: (next: unknown) => void;
}) {
  const { name, label, hint } = field;
  if (field.type === "switch") {
    return (
      <div className="col-span-full -my-1">
        <CheckboxField
          name={name}
          label={label}
          hint={hint}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked)}
        />
      </div>
    );
  }
  const { bounds, unit } = field;
  return (
    <TextField
      name={name}
      label={label}
      hint={[`${bounds.min} to ${bounds.max} ${unit.many}.`, ...(hint ? [hint] : [])].join(" ")}
      inputMode="numeric"
      autoComplete="off"
      maxLength={6}
      className="max-w-24 tabular-nums"
      value={String(value)}
      onChange={(event) => onChange(numberOrText(event.target.value))}
    />
  );
}

/** What is no number goes to the server as it is, which says what it should be. */
function numberOrText(text: string): number | string {
  return /^\d+$/.test(text) ? Number(text) : text;
}

function Changes({ changes }: { changes: ReturnType<typeof changesOf> }) {
  return (
    <ul
      aria-label="What changes"
      className="flex flex-col gap-1 rounded-control border border-line bg-sunken px-3 py-2 text-small"
    >
      {changes.map(({ name, label, from, to }) => (
        <li key={name}>
          {label}: <span className="text-ink-soft">{from}</span> → <strong>{to}</strong>
        </li>
      ))}
    </ul>
  );
}
