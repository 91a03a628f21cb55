import { useSyncExternalStore } from "react";

interface Question<Answer> {
  /** Waits for the person's answer; those who ask meanwhile get the same one. */
  ask: (about?: string) => Promise<Answer>;
  /** Answers everybody who waits. */
  settle: (answer: Answer) => void;
  /** What is asked; undefined while nobody asks. */
  useAsked: () => string | undefined;
}

/** A question that whatever code may put to the person, and that one dialog of the console answers. */
export function question<Answer>(): Question<Answer> {
  let asked: string | undefined;
  let waiting: ((answer: Answer) => void)[] = [];
  const listeners = new Set<() => void>();
  const change = (next: string | undefined) => {
    asked = next;
    for (const listener of listeners) listener();
  };
  const watch = (changed: () => void) => {
    listeners.add(changed);
    return () => listeners.delete(changed);
  };
  return {
    ask: (about = "") =>
      new Promise((resolve) => {
        waiting = [...waiting, resolve];
        change(about);
      }),
    settle: (answer) => {
      const answered = waiting;
      waiting = [];
      change(undefined);
      for (const resolve of answered) resolve(answer);
    },
    useAsked: () =>
      useSyncExternalStore(
        watch,
        () => asked,
        () => undefined,
      ),
  };
}
