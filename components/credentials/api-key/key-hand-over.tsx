import { InlineAlert } from "@/components/ui/inline-alert";

/** How a private key file that was made for somebody else gets to them. */
export function KeyHandOver({ ownerName }: { ownerName: string }) {
  return (
    <InlineAlert tone="neutral" title={`This key belongs to ${ownerName}`}>
      Hand the private key file over on a medium that you give into their hands, or over a
      connection that only the two of you can read; not by e-mail and not in a chat. Then delete
      your copy, also from the downloads folder and the bin. Better still: let them make the key
      pair and send you the public key.
    </InlineAlert>
  );
}
