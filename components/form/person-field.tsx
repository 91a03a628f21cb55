"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";

import { Input } from "@/components/ui/input";
import { useQueryCache } from "@/lib/client/query-cache";
import { suggestedUsersQuery } from "@/lib/client/queries";

import { FieldFrame, type FieldProps } from "./field";
import { useFieldState } from "./form-context";
import { SuggestionList, useSuggestions } from "./suggestions";

export type PersonFieldProps = Omit<FieldProps, "isOptional"> & {
  /** A user name to begin with. */
  initial?: string | undefined;
  onChange?: (() => void) | undefined;
};

/**
 * A user, found as one types by name, e-mail address or OCID. The form gets the text as it stands, and under the field's
 * name with `Id` the OCID of the user whose whole name it is; nothing where there is none.
 */
export function PersonField({ name, label, hint, initial = "", onChange }: PersonFieldProps) {
  const { id, problem, control } = useFieldState(name, hint !== undefined);
  const [text, setText] = useState(initial);
  const search = useDeferredValue(text.trim());
  const { data } = useQuery(
    {
      ...suggestedUsersQuery(search),
      enabled: search !== "",
      placeholderData: keepPreviousData,
    },
    useQueryCache(),
  );
  const found = search === "" ? [] : (data ?? []);
  const match = found.find((user) => user.name.toLowerCase() === text.trim().toLowerCase());
  const change = (next: string) => {
    setText(next);
    onChange?.();
  };
  // Who is named whole needs no list, which would lie over what comes next.
  const offered = match && found.length === 1 ? [] : found;
  const { isOpen, open, close, onKey, ...field } = useSuggestions(
    offered.map((user) => ({ id: user.id, value: user.name, note: user.description })),
    ({ value }) => change(value),
  );
  return (
    <FieldFrame {...{ name, label, hint, id, problem }}>
      <div className="relative">
        <Input
          {...control}
          {...field.control}
          // A datalist could not be searched by the server.
          // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
          role="combobox"
          aria-expanded={isOpen}
          aria-controls={field.control["aria-controls"]}
          aria-required
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={200}
          value={text}
          onChange={(event) => {
            change(event.target.value);
            open();
          }}
          onKeyDown={onKey}
          onBlur={close}
        />
        <input type="hidden" name={`${name}Id`} value={match?.id ?? ""} />
        <SuggestionList {...field.list} label="Users" className="inset-x-0 top-full mt-1" />
      </div>
    </FieldFrame>
  );
}
