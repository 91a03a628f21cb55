"use client";

import { type ReactNode, useCallback, useEffect, useId, useRef, useState } from "react";

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
  useEffect(() => {
    if (error === null) return;
    const field = body.current?.querySelector<HTMLElement>('[aria-invalid="true"]');
    (field ?? top.current)?.focus();
    // The same refusal again is news, too: each submission moves the focus.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [error, submissions]);
  return (
    <FormState value={{ idPrefix, problem: error, register }}>
      <div ref={body} className="flex flex-col gap-4">
        {error !== null && !isAtFields && (
          <InlineAlert ref={top} requestId={error.requestId}>
            {error.message}
            {strays.map((name) => (
              <span key={name} className="block">
                {error.fields?.[name]}
              </span>
            ))}
          </InlineAlert>
        )}
        {children}
      </div>
    </FormState>
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
