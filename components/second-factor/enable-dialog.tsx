"use client";

import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";

import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import { TextField } from "@/components/form/fields";
import { useRevealClosing } from "@/components/credentials/use-reveal-closing";
import { Button } from "@/components/ui/button";
import { CopyableCode } from "@/components/ui/copyable-code";
import { Dialog } from "@/components/ui/dialog";
import { InlineAlert } from "@/components/ui/inline-alert";
import { activateTotpDeviceAction, beginEnrolmentAction } from "@/lib/actions/second-factor";
import { useActionMutation } from "@/lib/client/use-action-mutation";
import { enrolmentUri } from "@/lib/domain/second-factor/totp";

import { QrCode } from "./qr-code";
import { RecoveryCodes } from "./recovery-codes";

export type EnableDialogProps = {
  owner: { id: string; name: string };
  tenancyName: string;
  isOpen: boolean;
  onClose: () => void;
};

/** *Enable Multi-Factor Authentication*: the QR code, a first code, and then in the same dialog the recovery codes. */
export function EnableDialog({ owner, tenancyName, isOpen, onClose }: EnableDialogProps) {
  const router = useRouter();
  const beginning = useActionMutation(beginEnrolmentAction);
  const activating = useActionMutation(activateTotpDeviceAction);
  const closing = useRevealClosing(onClose);
  const codes = activating.data?.secret;
  const begin = () => beginning.mutate({ userId: owner.id });
  useBegun(isOpen, begin);
  const cancel = () => !activating.isPending && onClose();
  return (
    <Dialog
      isOpen={isOpen}
      onClose={closing.onClose(codes !== undefined, cancel)}
      onClosed={() => {
        const isEnabled = activating.data !== undefined;
        beginning.reset();
        activating.reset();
        if (isEnabled) router.refresh();
      }}
      footer={
        codes === undefined &&
        beginning.data === undefined && (
          <>
            <Button onClick={cancel}>Cancel</Button>
            {beginning.error !== null && (
              <Button variant="primary" onClick={begin}>
                Try again
              </Button>
            )}
          </>
        )
      }
      title={codes === undefined ? "Enable Multi-Factor Authentication" : "Recovery codes"}
    >
      {codes !== undefined && (
        <RecoveryCodes
          codes={codes}
          ownerName={owner.name}
          closing={closing}
          intro="Multi-factor authentication is enabled, and sessions on other devices have ended. A recovery code signs you in when the app is lost; each works once."
        />
      )}
      {codes === undefined && beginning.error !== null && (
        <InlineAlert requestId={beginning.error.requestId}>{beginning.error.message}</InlineAlert>
      )}
      {codes === undefined && beginning.isPending && (
        <output className="text-ink-soft">Making a key for your app…</output>
      )}
      {codes === undefined && beginning.data !== undefined && (
        <Form
          onSubmit={(values) =>
            activating.mutate({
              userId: owner.id,
              deviceId: beginning.data.device.id,
              code: String(values.get("code") ?? ""),
            })
          }
          pending={activating.isPending}
          error={activating.error}
        >
          <Seed
            seed={beginning.data.secret}
            uri={enrolmentUri({
              seed: beginning.data.secret,
              tenancyName,
              userName: owner.name,
            })}
          />
          <TextField
            name="code"
            label="Verification code"
            hint="Six digits that the app shows now."
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={20}
          />
          <FormActions submitLabel="Enable" pending={activating.isPending} onCancel={cancel} />
        </Form>
      )}
    </Dialog>
  );
}

/** Begins once each time it opens. */
function useBegun(isOpen: boolean, begin: () => void) {
  const wasOpen = useRef(false);
  useEffect(() => {
    if (isOpen && !wasOpen.current) begin();
    wasOpen.current = isOpen;
  });
}

function Seed({ seed, uri }: { seed: string; uri: string }) {
  return (
    <div className="flex flex-col gap-4 sm:flex-row">
      <QrCode text={uri} label="QR code for your authenticator app" />
      <div className="min-w-0 space-y-3 text-ink-soft">
        <p>
          Scan it with an authenticator app on your phone, then type the code that the app shows.
        </p>
        <div>
          <p>
            No camera? Type this key, or{" "}
            <a href={uri} className="link">
              open an app on this device
            </a>
            :
          </p>
          <CopyableCode text={seed} label="Copy key" />
        </div>
      </div>
    </div>
  );
}
