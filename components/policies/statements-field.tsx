"use client";

import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";

import { FieldFrame, type FieldProps } from "@/components/form/field";
import { useFieldState } from "@/components/form/form-context";
import { SuggestionList, useSuggestions } from "@/components/form/suggestions";
import { Textarea } from "@/components/ui/textarea";
import { completeIn, type LineProblem } from "@/lib/domain/policies/lines";

import { StatementMarks } from "./statement-marks";
import { keyOf, useProblems } from "./use-problems";

const mostSuggested = 50;
const listWidth = 224;
const lineHeight = 24;

export type StatementsFieldProps = FieldProps & {
  text: string;
  onChange: (text: string) => void;
  groups: readonly string[];
};

/** Statements, one a line: what may follow is offered while one writes, and what is wrong is marked where it stands. */
export function StatementsField(props: StatementsFieldProps) {
  const { name, label, hint, text, onChange, groups } = props;
  const { id, problem, control } = useFieldState(name, hint !== undefined);
  const field = useRef<HTMLTextAreaElement>(null);
  const anchor = useRef<HTMLSpanElement>(null);
  const [cursor, setCursor] = useState<number | null>(null);
  const problems = useProblems(text, cursor);
  const { start, end, words } = completeIn(text, cursor ?? 0, { groups });
  const { open, close, onKey, ...suggested } = useSuggestions(
    words.slice(0, mostSuggested).map((word) => ({ id: word, value: word })),
    ({ value }) => replace(field.current, start, end, `${value} `),
  );
  const holder = useHolderAt(anchor);
  const follow = () => setCursor(field.current?.selectionStart ?? null);
  const change = (next: string) => {
    onChange(next);
    const at = field.current?.selectionStart ?? next.length;
    setCursor(at);
    if (isWriting(next, at)) open();
    else close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (onKey(event)) return;
    if (event.key === " " && event.ctrlKey) {
      event.preventDefault();
      open();
    }
  };
  const problemsId = `${id}-lines`;
  const describedBy = [problems.length > 0 ? problemsId : undefined, control["aria-describedby"]]
    .filter(Boolean)
    .join(" ");
  return (
    <FieldFrame {...{ name, label, hint, id, problem }}>
      <div className="relative grid">
        <Textarea
          {...control}
          {...suggested.control}
          ref={field}
          isCode
          aria-required
          aria-invalid={problems.length > 0 || control["aria-invalid"]}
          aria-describedby={describedBy}
          aria-haspopup="listbox"
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          onSelect={follow}
          onBlur={() => {
            close();
            setCursor(null);
          }}
          className="col-start-1 row-start-1 h-full min-h-28 resize-none! overflow-hidden pointer-coarse:text-code"
        />
        <StatementMarks text={text} problems={problems} anchorAt={start} anchor={anchor} />
        <div ref={holder} className="absolute z-20">
          <SuggestionList {...suggested.list} label="What may follow" className="w-56 font-mono" />
        </div>
      </div>
      <ProblemList id={problemsId} problems={problems} field={field} />
    </FieldFrame>
  );
}

/** Offered while a word is written or after the blank behind one, never at the beginning of a line. */
function isWriting(text: string, at: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", at - 1) + 1, at);
  return line.trim() !== "" && /^(\s|$)/.test(text.slice(at));
}

/** As if it were typed, so that the browser can undo it. */
function replace(field: HTMLTextAreaElement | null, start: number, end: number, words: string) {
  if (!field) return;
  field.focus();
  field.setSelectionRange(start, end);
  document.execCommand("insertText", false, words);
}

/** Keeps the list under the word it completes, within the field. */
function useHolderAt(anchor: React.RefObject<HTMLSpanElement | null>) {
  const holder = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const mark = anchor.current;
    const frame = mark?.parentElement;
    if (!mark || !frame || !holder.current) return;
    const left = Math.max(0, Math.min(mark.offsetLeft, frame.offsetWidth - listWidth));
    holder.current.style.left = `${left}px`;
    holder.current.style.top = `${mark.offsetTop + lineHeight}px`;
  });
  return holder;
}

type ProblemListProps = {
  id: string;
  problems: readonly LineProblem[];
  field: React.RefObject<HTMLTextAreaElement | null>;
};

function ProblemList({ id, problems, field }: ProblemListProps) {
  const show = ({ start, end }: LineProblem) => {
    field.current?.focus();
    field.current?.setSelectionRange(start, end);
  };
  if (problems.length === 0) return null;
  return (
    <div role="alert">
      <ul id={id} className="flex flex-col gap-0.5 text-small text-danger">
        {problems.map((problem) => (
          <li key={keyOf(problem)}>
            <button
              type="button"
              onClick={() => show(problem)}
              className="inline-flex min-h-6 items-center rounded-mark underline underline-offset-2"
            >
              Statement {problem.statement}, character {problem.character}
            </button>
            : {problem.message}
          </li>
        ))}
      </ul>
    </div>
  );
}
