"use client";

// A listbox that a text field points into has no HTML element of its own.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */

import { clsx } from "clsx";
import { type KeyboardEvent, type ReactNode, useId, useState } from "react";

export interface Suggestion {
  readonly id: string;
  /** What the field takes. */
  readonly value: string;
  /** A word about it. */
  readonly note?: string | undefined;
}

/**
 * The behaviour of a text field with suggestions: arrows choose, Enter and Tab take what is chosen, Escape puts the list
 * away. Nothing is chosen until an arrow says so: Enter and Tab keep their meaning.
 */
export function useSuggestions(
  suggestions: readonly Suggestion[],
  onTake: (suggestion: Suggestion) => void,
) {
  const listId = useId();
  const [isWanted, setIsWanted] = useState(false);
  const [place, setPlace] = useState(-1);
  const isOpen = isWanted && suggestions.length > 0;
  const chosen = isOpen ? suggestions[place] : undefined;
  const close = () => {
    setIsWanted(false);
    setPlace(-1);
  };
  const open = () => {
    setIsWanted(true);
    setPlace(-1);
  };
  const take = (suggestion: Suggestion) => {
    close();
    onTake(suggestion);
  };
  /** True where the key was for the list. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (event.nativeEvent.isComposing) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && isOpen) {
      const { length } = suggestions;
      setPlace(place < 0 && step < 0 ? length - 1 : (place + step + length) % length);
    } else if (event.key === "Escape" && isOpen) close();
    else if ((event.key === "Enter" || event.key === "Tab") && chosen) take(chosen);
    else return false;
    event.preventDefault();
    // Escape would close the dialog around it, too.
    event.stopPropagation();
    return true;
  };
  return {
    isOpen,
    open,
    close,
    onKey,
    /** For the text field. */
    control: {
      "aria-autocomplete": "list",
      "aria-controls": isOpen ? listId : undefined,
      "aria-activedescendant": chosen && optionId(listId, chosen),
    } as const,
    list: { listId, suggestions: isOpen ? suggestions : [], chosen, onTake: take },
  };
}

export type SuggestionListProps = ReturnType<typeof useSuggestions>["list"] & {
  label: string;
  className?: string | undefined;
};

/** The list itself, where its field puts it. */
export function SuggestionList(props: SuggestionListProps) {
  const { listId, suggestions, chosen, onTake, label, className } = props;
  return (
    <>
      {suggestions.length > 0 && (
        <div
          id={listId}
          role="listbox"
          aria-label={label}
          tabIndex={-1}
          // The focus stays in the field.
          onMouseDown={(event) => event.preventDefault()}
          className={clsx(
            "absolute z-20 max-h-56 overflow-y-auto rounded-control border border-line bg-surface p-1 shadow-menu",
            className,
          )}
        >
          {suggestions.map((suggestion) => (
            <Option
              key={suggestion.id}
              id={optionId(listId, suggestion)}
              isChosen={suggestion === chosen}
              onTake={() => onTake(suggestion)}
            >
              <span className="wrap-anywhere">{suggestion.value}</span>
              {suggestion.note !== undefined && suggestion.note !== "" && (
                <span className="min-w-0 truncate text-ink-faint">{suggestion.note}</span>
              )}
            </Option>
          ))}
        </div>
      )}
      <output className="sr-only">
        {suggestions.length > 0 &&
          `${suggestions.length} ${suggestions.length === 1 ? "suggestion" : "suggestions"}`}
      </output>
    </>
  );
}

type OptionProps = { id: string; isChosen: boolean; onTake: () => void; children: ReactNode };

function Option({ id, isChosen, onTake, children }: OptionProps) {
  return (
    // The keys are the text field's.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      ref={(element) => {
        if (isChosen) element?.scrollIntoView({ block: "nearest" });
      }}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      onClick={onTake}
      className={clsx(
        "flex min-h-7 cursor-pointer items-center gap-2 rounded-[5px] px-2 text-small pointer-coarse:min-h-11",
        isChosen ? "bg-accent-wash" : "hover:bg-raised",
      )}
    >
      {children}
    </div>
  );
}

const optionId = (listId: string, { id }: Suggestion) =>
  `${listId}-${id.replaceAll(/[^\w-]/g, "_")}`;
