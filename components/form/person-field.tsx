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
  onChange?: (() => void) | undefined;
};

/**
 * A user, found as one types by name, e-mail address or OCID. The form gets the text as it stands, and under the field's
 * name with `Id` the OCID of the user whose whole name or OCID it is; nothing where none is known yet (`useUserNamed`).
 */
export function PersonField({ name, label, hint, initial = "", onChange }: PersonFieldProps) {
  const { id, problem, control } = useFieldState(name, hint !== undefined);
  const [text, setText] = useState(initial);
  const [taken, setTaken] = useState<string>();
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
  const match = taken ?? found.find((user) => isNamed(user, text))?.id;
  const change = (next: string, id?: string) => {
    setText(next);
    setTaken(id);
    onChange?.();
  };
  // Who is named whole needs no list, which would lie over what comes next.
  const [only, second] = found;
  const isWhole = second === undefined && only?.name.toLowerCase() === text.trim().toLowerCase();
  const offered = taken !== undefined || isWhole ? [] : found;
  const { isOpen, open, close, onKey, ...field } = useSuggestions(
    offered.map((user) => ({ id: user.id, value: user.name, note: user.description })),
    (user) => change(user.value, user.id),
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
        <input type="hidden" name={`${name}Id`} value={match ?? ""} />
        <SuggestionList {...field.list} label="Users" className="inset-x-0 top-full mt-1" />
      </div>
    </FieldFrame>
  );
}

/** Asks the server for the OCID of the user whose whole name or OCID a text is: a form may go before the answer came. */
export function useUserNamed() {
  const queries = useQueryCache();
  return async (text: string): Promise<string | undefined> => {
    const search = text.trim();
    if (search === "") return undefined;
    const found = await queries.fetchQuery(suggestedUsersQuery(search));
    return found.find((user) => isNamed(user, search))?.id;
  };
}

function isNamed({ id, name }: SuggestedUser, text: string): boolean {
  const wanted = text.trim();
  return id === wanted || name.toLowerCase() === wanted.toLowerCase();
}
