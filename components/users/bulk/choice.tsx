"use client";

import { createContext, type ReactNode, use, useState } from "react";

import { Checkbox } from "@/components/ui/checkbox";

export type ListedUser = { id: string; name: string };

type Choice = {
  chosen: ReadonlySet<string>;
  set: (ids: readonly string[], isChosen: boolean) => void;
};

const ChoiceContext = createContext<Choice | null>(null);

/** Which users of a list are chosen. What is not on the page does not count, whatever was chosen before. */
export function ChoiceProvider({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const set = (ids: readonly string[], isChosen: boolean) =>
    setChosen((before) => {
      const next = new Set(before);
      for (const id of ids) {
        if (isChosen) next.add(id);
        else next.delete(id);
      }
      return next;
    });
  return <ChoiceContext value={{ chosen, set }}>{children}</ChoiceContext>;
}

/** Null on a list of which nothing can be chosen. */
export const useChoice = () => use(ChoiceContext);

/** The box in a user's row. */
export function RowChoice({ user: { id, name } }: { user: ListedUser }) {
  const choice = useChoice();
  if (choice === null) return null;
  return (
    <Checkbox
      label={<span className="sr-only">Select {name}</span>}
      checked={choice.chosen.has(id)}
      onChange={({ target }) => choice.set([id], target.checked)}
    />
  );
}
