"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";

import { Input } from "@/components/ui/input";
import { useQueryCache } from "@/lib/client/query-cache";
import { type SuggestedUser, suggestedUsersQuery } from "@/lib/client/queries";

import { FieldFrame, type FieldProps } from "./field";
import { useFieldState } from "./form-context";
import { SuggestionList, useSuggestions } from "./suggestions";

export type PersonFieldProps = Omit<FieldProps, "isOptional"> & {
  /** A user name to begin with. */
  initial?: string | undefined;
  /** Undefined while what is typed is no suggestion's whole name. */
  onChange?: ((user: SuggestedUser | undefined) => void) | undefined;
};

/** A user, found as one types by name, e-mail address or OCID. What is submitted is the name as it stands. */
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
  const change = (next: string) => {
    setText(next);
    onChange?.(found.find((user) => user.name.toLowerCase() === next.trim().toLowerCase()));
  };
  const { isOpen, open, close, onKey, ...field } = useSuggestions(
    found.map((user) => ({ id: user.id, value: user.name, note: user.description })),
    ({ id: userId, value, note = "" }) => {
      setText(value);
      onChange?.({ id: userId, name: value, description: note });
    },
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
        <SuggestionList {...field.list} label="Users" className="inset-x-0 top-full mt-1" />
      </div>
    </FieldFrame>
  );
}
