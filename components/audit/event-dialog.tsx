"use client";

import { Button } from "@/components/ui/button";
import { buttonStyle } from "@/components/ui/button-style";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";
import { KeyValues } from "@/components/ui/key-values";
import { exactWords } from "@/components/ui/relative-words";
import { eventDetails, type EventFact, eventFacts } from "@/lib/domain/audit/facts";

import { auditHref, readAuditQuery } from "./audit-query";
import type { AuditLine } from "./audit-line";

type EventDialogProps = { line: AuditLine; isOpen: boolean; onClose: () => void };

/** All that the trail has of one event. */
// React.lazy asks for a default export.
// oxlint-disable-next-line import/no-default-export
export default function EventDialog({ line, isOpen, onClose }: EventDialogProps) {
  const { event, what, why } = line;
  const at = new Date(event.at);
  const [inUtc, local] = [exactWords(at, "UTC"), exactWords(at)];
  const details = eventDetails(event);
  const about = event.subject?.id ?? "";
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={what}
      size="wide"
      {...(why !== undefined && { description: why })}
      footer={
        <>
          {about !== "" && (
            // The whole page anew: a search field keeps what was typed in it before what an address says.
            <a
              href={auditHref({ ...readAuditQuery({}), search: about })}
              className={buttonStyle({})}
            >
              All events about it
            </a>
          )}
          <Button variant="primary" onClick={onClose}>
            Close
          </Button>
        </>
      }
    >
      <Facts
        facts={[
          { label: "Time (UTC)", value: inUtc },
          ...(local === inUtc ? [] : [{ label: "Your time", value: local }]),
          ...eventFacts(event),
        ]}
      />
      {details.length > 0 && (
        <section aria-labelledby="event-details" className="mt-5">
          <h3 id="event-details" className="text-body font-medium">
            Details
          </h3>
          <Facts facts={details} />
        </section>
      )}
    </Dialog>
  );
}

function Facts({ facts }: { facts: readonly EventFact[] }) {
  return (
    <KeyValues
      items={facts.map(({ label, value, isCode }) => ({
        label,
        value: (
          <span className="-my-1.5 flex min-w-0 items-start justify-between gap-2">
            {isCode ? (
              <code className="min-w-0 py-1.5 break-all">{value}</code>
            ) : (
              <span className="min-w-0 py-1.5 wrap-anywhere">{value}</span>
            )}
            <CopyButton text={value} label={`Copy ${label}`} />
          </span>
        ),
      }))}
    />
  );
}
