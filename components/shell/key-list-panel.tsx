"use client";

import { useRef } from "react";

import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { Kbd } from "@/components/ui/kbd";

import { jumpKeys } from "./jump-key";
import { SingleKeysBox } from "./single-keys-box";

const otherKeys: readonly { keys: readonly string[]; does: string }[] = [
  { keys: ["/"], does: "Search the list on this page" },
  { keys: ["↑", "↓"], does: "Move in a menu" },
  { keys: ["Esc"], does: "Close what is on top" },
  { keys: ["?"], does: "Show these keys" },
];

// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function KeyListPanel({
  isOpen,
  onClose,
}: {
  isOpen: boolean;
  onClose: () => void;
}) {
  const keys = [
    { keys: [jumpKeys(navigator.userAgent)], does: "Search or jump to a page" },
    ...otherKeys,
  ];
  const closeButton = useRef<HTMLButtonElement>(null);
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title="Keys"
      size="small"
      initialFocus={closeButton}
      footer={
        <Button ref={closeButton} onClick={onClose}>
          Close
        </Button>
      }
    >
      <dl className="flex flex-col">
        {keys.map((entry) => (
          <div
            key={entry.does}
            className="flex items-center justify-between gap-4 border-b border-line py-1.5 last:border-b-0"
          >
            <dt className="text-ink-soft">{entry.does}</dt>
            <dd className="flex gap-1">
              {entry.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <SingleKeysBox />
    </Dialog>
  );
}
