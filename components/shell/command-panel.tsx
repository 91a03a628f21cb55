"use client";

// A listbox with groups that a combobox points into has no HTML element of its own.
/* oxlint-disable jsx-a11y/prefer-tag-over-role */

import { Dialog } from "@base-ui/react/dialog";
import { clsx } from "clsx";
import { useRouter } from "next/navigation";
import { type KeyboardEvent, useId, useRef, useState } from "react";

import { backdropStyle } from "@/components/ui/dialog-style";
import { isHeldUp } from "@/lib/client/offline-hold";

import type { Command } from "./command";
import { isFound } from "./command-search";
import { listSearches } from "./list-searches";
import { SingleKeysBox } from "./single-keys-box";

export type CommandPanelProps = {
  commands: readonly Command[];
  isOpen: boolean;
  onClose: () => void;
};

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function CommandPanel({ commands, isOpen, onClose }: CommandPanelProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <Dialog.Root open={isOpen} onOpenChange={(next) => !next && onClose()}>
      <Dialog.Portal>
        <Dialog.Backdrop className={backdropStyle} />
        <Dialog.Popup
          initialFocus={input}
          className="fixed top-[12vh] left-1/2 z-50 flex max-h-[min(26rem,76vh)] w-[min(34rem,calc(100vw-2rem))] -translate-x-1/2 flex-col rounded-dialog border border-line bg-surface shadow-dialog transition-opacity duration-[120ms] data-ending-style:opacity-0 data-starting-style:opacity-0"
        >
          <Dialog.Title className="sr-only">Search or jump to</Dialog.Title>
          <Finder commands={commands} onClose={onClose} input={input} />
          <Dialog.Close className="sr-only">Close</Dialog.Close>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

type FinderProps = Pick<CommandPanelProps, "commands" | "onClose"> & {
  input: React.RefObject<HTMLInputElement | null>;
};

function Finder({ commands, onClose, input }: FinderProps) {
  const router = useRouter();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [position, setPosition] = useState(0);
  const found = [
    ...commands.filter((command) => isFound(command, query)),
    ...listSearches(commands, query),
  ];
  const chosen = found[Math.min(position, found.length - 1)];
  const go = (command: Command) => {
    onClose();
    if (!isHeldUp(command.href)) router.push(command.href);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && found.length > 0) {
      event.preventDefault();
      setPosition((Math.min(position, found.length - 1) + step + found.length) % found.length);
    }
    if (event.key === "Enter" && chosen !== undefined) {
      event.preventDefault();
      go(chosen);
    }
  };
  return (
    <>
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label="Search or jump to"
        aria-expanded={found.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={chosen === undefined ? undefined : optionId(listId, chosen)}
        autoComplete="off"
        spellCheck={false}
        placeholder="Search or jump to…"
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setPosition(0);
        }}
        onKeyDown={onKeyDown}
        className="h-12 shrink-0 rounded-t-dialog border-b border-line bg-transparent px-4 text-body outline-none pointer-coarse:text-field"
      />
      <div id={listId} role="listbox" aria-label="Pages" className="min-h-0 overflow-y-auto p-1.5">
        {groupsOf(found).map(([group, members]) => (
          <div key={group} role="group" aria-label={group} className="pb-1">
            <p aria-hidden="true" className="px-2.5 pt-1.5 pb-1 text-tiny text-ink-faint">
              {group}
            </p>
            {members.map((command) => (
              <Option
                key={command.id}
                id={optionId(listId, command)}
                command={command}
                isChosen={command === chosen}
                onGo={go}
              />
            ))}
          </div>
        ))}
      </div>
      <output className={found.length === 0 ? "px-4 pt-1 pb-4 text-ink-soft" : "sr-only"}>
        {found.length === 0 ? `Nothing here is called “${query}”.` : `${found.length} found`}
      </output>
      <div className="border-t border-line px-4 py-1">
        <SingleKeysBox />
      </div>
    </>
  );
}

type OptionProps = {
  id: string;
  command: Command;
  isChosen: boolean;
  onGo: (command: Command) => void;
};

function Option({ id, command, isChosen, onGo }: OptionProps) {
  return (
    // The keyboard is with the combobox, which points here by aria-activedescendant.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={id}
      ref={(element) => {
        if (isChosen) element?.scrollIntoView({ block: "nearest" });
      }}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      onClick={() => onGo(command)}
      className={clsx(
        "flex min-h-8 cursor-pointer items-center rounded-[5px] px-2.5 text-small wrap-anywhere pointer-coarse:min-h-11",
        isChosen ? "bg-accent-wash" : "hover:bg-raised",
      )}
    >
      {command.label}
    </div>
  );
}

function groupsOf(commands: readonly Command[]): [string, Command[]][] {
  const groups = new Map<string, Command[]>();
  for (const command of commands)
    groups.set(command.group, [...(groups.get(command.group) ?? []), command]);
  return [...groups];
}

function optionId(listId: string, command: Command) {
  return `${listId}-${command.id.replaceAll(/[^\w-]/g, "_")}`;
}
