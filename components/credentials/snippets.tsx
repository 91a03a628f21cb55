"use client";

import { useState } from "react";

import { CodeBlock } from "@/components/ui/code-block";
import { Segmented } from "@/components/ui/radio-group";

type SnippetsProps = {
  legend: string;
  name: string;
  snippets: readonly { id: string; label: string; code: string }[];
  /** What is still to be done or put in, below. */
  note?: string;
};

/** The same thing for several clients, one in sight. */
export function Snippets({ legend, name, snippets, note }: SnippetsProps) {
  const [chosenId, setChosenId] = useState(snippets[0]?.id);
  const chosen = snippets.find(({ id }) => id === chosenId);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Segmented
        legend={legend}
        name={name}
        value={chosenId}
        onValueChange={setChosenId}
        options={snippets.map(({ id, label }) => ({ value: id, label }))}
      />
      {chosen !== undefined && (
        <CodeBlock
          code={chosen.code}
          title={chosen.label}
          copyLabel={`Copy ${chosen.label} lines`}
        />
      )}
      {note !== undefined && <p className="text-small text-ink-soft">{note}</p>}
    </div>
  );
}
