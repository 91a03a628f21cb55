"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ReactNode, useDeferredValue, useState } from "react";

import { Input } from "@/components/ui/input";
import { useQueryCache } from "@/lib/client/query-cache";
import { type Suggested, type SuggestedList, suggestedQuery } from "@/lib/client/queries";

import { FieldFrame, type FieldProps } from "./field";
import { useFieldState } from "./form-context";
import { SuggestionList, useSuggestions } from "./suggestions";

export type SuggestedFieldProps = FieldProps & {
  list: SuggestedList;
  /** A name to begin with. */
  initial?: string | undefined;
  /** Offers the first of them before anything is typed, where they may be few. */
  isOpenedEmpty?: boolean;
  isLeftOut?: ((one: Suggested) => boolean) | undefined;
  onChange?: (() => void) | undefined;
  /** A word on the one that is named. */
  noteOn?: (one: Suggested | undefined) => ReactNode;
};

/**
 * One of many that only the server can search, found as one types. The form gets the text as it stands, and under the
 * field's name with `Id` the OCID of the one whose whole name or OCID it is; nothing where none is known yet (`useNamed`).
 */
export function SuggestedField(props: SuggestedFieldProps) {
  const { name, label, hint, isOptional = false, list, initial = "", noteOn } = props;
  const { id, problem, control } = useFieldState(name, hint !== undefined);
  const [text, setText] = useState(initial);
  const [taken, setTaken] = useState<Suggested>();
  const search = useDeferredValue(text.trim());
  const isAsked = search !== "" || props.isOpenedEmpty === true;
  const { data } = useQuery(
    { ...suggestedQuery(list, search), enabled: isAsked, placeholderData: keepPreviousData },
    useQueryCache(),
  );
  const found = isAsked ? (data ?? []) : [];
  const match = taken ?? found.find((one) => isNamed(one, text));
  const change = (next: string, one?: Suggested) => {
    setText(next);
    setTaken(one);
    props.onChange?.();
  };
  // What is named whole needs no list, which would lie over what comes next.
  const [only, second] = found;
  const isWhole = second === undefined && only?.name.toLowerCase() === text.trim().toLowerCase();
  const offered =
    taken !== undefined || isWhole ? [] : found.filter((one) => props.isLeftOut?.(one) !== true);
  const { isOpen, open, close, onKey, ...field } = useSuggestions(
    offered.map((one) => ({ id: one.id, value: one.name, note: one.description })),
    ({ id: takenId, value }) =>
      change(
        value,
        offered.find((one) => one.id === takenId),
      ),
  );
  return (
    <>
      <FieldFrame {...{ name, label, hint, isOptional, id, problem }}>
        <div className="relative">
          <Input
            {...control}
            {...field.control}
            // A datalist could not be searched by the server.
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={field.control["aria-controls"]}
            aria-required={isOptional ? undefined : true}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={200}
            value={text}
            onChange={(event) => {
              change(event.target.value);
              open();
            }}
            onClick={open}
            onKeyDown={(event) => {
              if (!onKey(event) && event.key === "ArrowDown") open();
            }}
            onBlur={close}
          />
          <input type="hidden" name={`${name}Id`} value={match?.id ?? ""} />
          <SuggestionList
            {...field.list}
            label={listLabels[list]}
            className="inset-x-0 top-full mt-1"
          />
        </div>
      </FieldFrame>
      {noteOn?.(match)}
    </>
  );
}

const listLabels = { users: "Users", groups: "Groups" } satisfies Record<SuggestedList, string>;

/** Asks the server for the OCID of the one whose whole name or OCID a text is: a form may go before the answer came. */
export function useNamed(list: SuggestedList) {
  const queries = useQueryCache();
  return async (text: string): Promise<string | undefined> => {
    const search = text.trim();
    if (search === "") return undefined;
    const found = await queries.fetchQuery(suggestedQuery(list, search));
    return found.find((one) => isNamed(one, search))?.id;
  };
}

function isNamed({ id, name }: Suggested, text: string): boolean {
  const wanted = text.trim();
  return id === wanted || name.toLowerCase() === wanted.toLowerCase();
}
