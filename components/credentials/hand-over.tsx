import { InlineAlert } from "@/components/ui/inline-alert";

type HandOverProps = { ownerName: string; secretNoun: string };

/** How a secret that was made for somebody else gets to them. */
export function HandOver({ ownerName, secretNoun }: HandOverProps) {
  return (
    <InlineAlert tone="neutral" title={`This ${secretNoun} belongs to ${ownerName}`}>
      Read it out to them by voice, or print it and hand the sheet over sealed. Not by e-mail and
      not in a chat: both keep copies. Then destroy what you kept.
    </InlineAlert>
  );
}
