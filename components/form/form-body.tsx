"use client";

import {
  type ReactNode,
  type RefObject,
  useCallback,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

import { InlineAlert } from "@/components/ui/inline-alert";

import { type FormProblem, FormState } from "./form-context";

/**
 * Puts a problem where it belongs: at its field when the form has that field, else at the top; and the focus with it.
 */
export function FormBody({
  error,
  submissions,
  fieldNames,
  children,
}: {
  error: FormProblem | null;
  submissions: number;
  /** Known from the start where the problem must find its field before any JavaScript has arrived. */
  fieldNames?: readonly string[] | undefined;
  children: ReactNode;
}) {
  const idPrefix = useId();
  const top = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { names, register } = useFieldNames(fieldNames);
  const faults = Object.keys(error?.fields ?? {});
  const strays = faults.filter((name) => !names.has(name));
  const isAtFields = faults.length > 0 && strays.length === 0;
  const news = newsOf(error);
  useEffect(() => {
    if (news === null) return;
    const field = body.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (field ?? top.current)?.focus();
    // The same refusal again is news, too: each submission moves the focus. Another object that says the same is not.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [news, submissions]);
  return (
    <FormState value={{ idPrefix, problem: error, register }}>
      <div ref={body} className="flex flex-col gap-4">
        {error !== null && !isAtFields && <TopProblem ref={top} error={error} strays={strays} />}
        {children}
      </div>
    </FormState>
  );
}

function newsOf(error: FormProblem | null): string | null {
  return error && JSON.stringify([error.message, error.fields, error.requestId]);
}

/**
 * What stands at no field. It goes with the next attempt: a focus that it has must not go with it, or the dialog around
 * takes that for itself, possibly after the answer has put it somewhere.
 */
function TopProblem({
  ref,
  error,
  strays,
}: {
  ref: RefObject<HTMLDivElement | null>;
  error: FormProblem;
  strays: readonly string[];
}) {
  useLayoutEffect(() => {
    const alert = ref.current;
    return () => {
      if (alert === null || alert !== document.activeElement) return;
      alert.closest("form")?.querySelector<HTMLElement>("[type=submit]")?.focus();
    };
  }, [ref]);
  return (
    <InlineAlert ref={ref} requestId={error.requestId}>
      {error.message}
      {strays.map((name) => (
        <span key={name} className="block">
          {error.fields?.[name]}
        </span>
      ))}
    </InlineAlert>
  );
}

function useFieldNames(known: readonly string[] = []) {
  const [names, setNames] = useState<ReadonlySet<string>>(() => new Set(known));
  const register = useCallback((name: string) => {
    setNames((before) => new Set(before).add(name));
    return () =>
      setNames((before) => {
        const rest = new Set(before);
        rest.delete(name);
        return rest;
      });
  }, []);
  return { names, register };
}
