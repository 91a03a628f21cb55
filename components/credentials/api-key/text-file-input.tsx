"use client";

import { clsx } from "clsx";
import { type ChangeEvent, useId, useState } from "react";

import { FieldFrame } from "@/components/form/field";
import { maxKeyTextBytes } from "@/lib/domain/credentials/api-key/key-block";

type TextFileInputProps = {
  id?: string | undefined;
  label: string;
  hint: string;
  problem?: string | undefined;
  /** Another file is chosen: what was said of the former one holds no longer. */
  onChosen?: (() => void) | undefined;
  onText: (text: string) => void;
  onRefused: (problem: "too_large" | "unreadable") => void;
};

export const unreadableFile = "This file could not be read. Choose it again, or a copy of it.";

/** Reads a small file in the browser. The file stays where it is; its input is emptied, so that it can be chosen again. */
export function TextFileInput(props: TextFileInputProps) {
  const { label, hint, problem, onChosen, onText, onRefused } = props;
  const [name, setName] = useState<string>();
  const ownId = useId();
  const id = props.id ?? ownId;
  const read = async ({ target }: ChangeEvent<HTMLInputElement>) => {
    const file = target.files?.[0];
    if (file === undefined) return;
    target.value = "";
    setName(file.name);
    onChosen?.();
    if (file.size > maxKeyTextBytes) return onRefused("too_large");
    await file.text().then(onText, () => onRefused("unreadable"));
  };
  const chosen = name === undefined ? hint : `“${name}” is chosen. ${hint}`;
  return (
    <FieldFrame id={id} name="file" label={label} hint={chosen} problem={problem}>
      <input
        id={id}
        type="file"
        accept=".pem,.pub,.key,.txt,application/x-pem-file,text/plain"
        onChange={(event) => void read(event)}
        aria-invalid={problem === undefined ? undefined : true}
        aria-describedby={`${id}-hint${problem === undefined ? "" : ` ${id}-problem`}`}
        className={clsx(
          "min-h-8 w-full min-w-0 rounded-control text-small text-ink-soft file:mr-3 file:h-8 file:rounded-control file:border file:border-line file:bg-surface file:px-3 file:text-small file:font-medium file:text-ink hover:file:bg-sunken pointer-coarse:file:h-11",
          // The browser says that nothing is chosen.
          name !== undefined && "text-transparent",
        )}
      />
    </FieldFrame>
  );
}
