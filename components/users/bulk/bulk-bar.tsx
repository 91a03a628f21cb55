"use client";

import { lazy, Suspense } from "react";

import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { preloadDialog } from "@/components/ui/dialog";
import { useShown } from "@/components/ui/use-shown";

import { type BulkAct, bulkLabels } from "./bulk-labels";
import { type ListedUser, useChoice } from "./choice";

const BulkDialog = lazy(() => import("./bulk-dialog"));

type BulkBarProps = {
  /** Those on this page. */
  users: readonly ListedUser[];
  /** What the viewer may do. */
  acts: readonly BulkAct[];
};

/** What can be done with the chosen users of a page. */
export function BulkBar({ users, acts }: BulkBarProps) {
  const choice = useChoice();
  const { shown, isOpen, show, close } = useShown<{
    act: BulkAct;
    users: readonly ListedUser[];
  }>();
  if (choice === null || users.length === 0) return null;
  const chosen = users.filter(({ id }) => choice.chosen.has(id));
  const isWhole = chosen.length === users.length;
  return (
    <div
      role="toolbar"
      aria-label="Chosen users"
      className="mb-2 flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1"
    >
      <Checkbox
        label="Select all on this page"
        checked={isWhole}
        ref={(box) => {
          if (box) box.indeterminate = chosen.length > 0 && !isWhole;
        }}
        onChange={({ target }) =>
          choice.set(
            users.map(({ id }) => id),
            target.checked,
          )
        }
      />
      {chosen.length > 0 && (
        <>
          <output className="text-small text-ink-soft tabular-nums">
            {chosen.length} selected
          </output>
          <span className="flex flex-wrap gap-2">
            {acts.map((act) => (
              <Button
                key={act}
                onPointerEnter={preloadDialog}
                onFocus={preloadDialog}
                onClick={() => show({ act, users: chosen })}
              >
                {bulkLabels[act]}
              </Button>
            ))}
          </span>
        </>
      )}
      {shown !== null && (
        <Suspense fallback={null}>
          <BulkDialog
            {...shown}
            isOpen={isOpen}
            onClose={close}
            onDone={(ids) => choice.set(ids, false)}
          />
        </Suspense>
      )}
    </div>
  );
}
