import { fileNameOf } from "@/components/credentials/file-name";
import { RevealPanel } from "@/components/credentials/reveal";
import type { RevealClosing } from "@/components/credentials/use-reveal-closing";

export type RecoveryCodesProps = {
  /** One a line. */
  codes: string;
  ownerName: string;
  closing: RevealClosing;
  /** What they are, and what has just happened. */
  intro: string;
};

/** The one showing of recovery codes. */
export function RecoveryCodes({ codes, ownerName, closing, intro }: RecoveryCodesProps) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-soft">{intro}</p>
      <RevealPanel
        secretNoun="list of recovery codes"
        secret={codes}
        purpose="Sign in without the authenticator app"
        remedy="make new codes"
        ownerName={ownerName}
        isOwn
        fileName={`${fileNameOf("recovery-codes", ownerName)}.txt`}
        closing={closing}
      />
    </div>
  );
}
