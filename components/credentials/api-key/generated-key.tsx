"use client";

import { Check, Download } from "lucide-react";
import { useEffect, useState } from "react";

import { Button } from "@/components/ui/button";
import { InlineAlert } from "@/components/ui/inline-alert";
import { Spinner } from "@/components/ui/spinner";
import { announce } from "@/lib/client/announcements";

import { downloadText } from "../download";
import { generateKeyPair } from "./generate-key-pair";
import { keyFileNames } from "./key-file-name";
import type { KeyPair } from "./key-pair";
import { privateKeyFile } from "./pem";

type GenerationState = { step: "making" } | { step: "made"; pair: KeyPair } | { step: "failed" };

export type Generation = { state: GenerationState; again: () => void };

/** A key pair that is made once it is wanted and lives as long as its form does. */
export function useKeyPair(isWanted: boolean): Generation {
  const [state, setState] = useState<GenerationState>({ step: "making" });
  const isMaking = isWanted && state.step === "making";
  useEffect(() => {
    if (!isMaking) return;
    const abandoned = new AbortController();
    const settle = (next: GenerationState) => {
      if (!abandoned.signal.aborted) setState(next);
    };
    generateKeyPair(abandoned.signal).then(
      (pair) => settle({ step: "made", pair }),
      () => settle({ step: "failed" }),
    );
    return () => abandoned.abort();
  }, [isMaking]);
  return { state, again: () => setState({ step: "making" }) };
}

type GeneratedKeyProps = {
  ownerName: string;
  generation: Generation;
  onDownloaded: (fileName: string) => void;
};

/** The pair that this browser makes, and its two downloads. */
export function GeneratedKey({ ownerName, generation, onDownloaded }: GeneratedKeyProps) {
  const { state, again } = generation;
  const [isDownloaded, setDownloaded] = useState(false);
  if (state.step === "failed") {
    return (
      <InlineAlert>
        This browser could not make a key pair.{" "}
        <button type="button" className="link" onClick={again}>
          Try again
        </button>
        , or make one with openssl and paste its public key.
      </InlineAlert>
    );
  }
  const pair = state.step === "made" ? state.pair : undefined;
  const names = pair && keyFileNames(ownerName, pair.fingerprint);
  const savePrivateKey = () => {
    if (pair === undefined || names === undefined) return;
    downloadText(privateKeyFile(pair.privatePem), names.privateKey, "application/x-pem-file");
    announce(`Downloaded ${names.privateKey}.`);
    setDownloaded(true);
    onDownloaded(names.privateKey);
  };
  return (
    <div className="flex flex-col gap-3 rounded-control border border-line bg-sunken px-4 py-3">
      <p className="text-small text-ink-soft">
        The pair is made in this browser. The private key is never sent: only you have it, and once
        this dialog is closed it cannot be downloaded again.
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          aria-disabled={pair === undefined}
          onClick={savePrivateKey}
          icon={<Download aria-hidden="true" className="size-3.5" />}
        >
          Download Private Key
        </Button>
        <Button
          aria-disabled={pair === undefined}
          onClick={() =>
            pair !== undefined &&
            names !== undefined &&
            downloadText(pair.publicPem, names.publicKey, "application/x-pem-file")
          }
          icon={<Download aria-hidden="true" className="size-3.5" />}
        >
          Download Public Key
        </Button>
      </div>
      <output className="flex min-h-5 items-start gap-2 text-small text-ink-soft">
        {pair === undefined && (
          <>
            <Spinner className="mt-[3px] size-3.5 shrink-0" /> Making a 3072-bit key pair. This can
            take some seconds.
          </>
        )}
        {isDownloaded && names !== undefined && (
          <>
            <Check aria-hidden="true" className="mt-[3px] size-3.5 shrink-0 text-good" />
            <span>
              Downloaded <code className="break-all">{names.privateKey}</code>
            </span>
          </>
        )}
      </output>
    </div>
  );
}
