"use client";

import { Button } from "@/components/ui/button";

import type { AfterIssueProps } from "../kind-props";
import { DatabaseUse } from "./use-it";

/** What comes next, beside the new row: how to connect with it. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function ConnectWithIt({ credential, owner, onClose }: AfterIssueProps) {
  const titleId = `connect-${credential.id}`;
  return (
    <aside
      aria-labelledby={titleId}
      className="flex flex-col gap-3 rounded-panel border border-line bg-raised p-4"
    >
      <div className="flex items-start justify-between gap-3">
        <div className="min-w-0">
          <h3 id={titleId} className="font-medium break-words">
            Connect with “{credential.name}”
          </h3>
          <p className="text-small text-ink-soft">
            The same is under Actions, View configuration file.
          </p>
        </div>
        <Button variant="ghost" onClick={onClose}>
          Close
        </Button>
      </div>
      <DatabaseUse owner={owner} />
    </aside>
  );
}
