"use client";

import { useFieldState } from "@/components/form/form-context";
import { classifyKeyText, keyProblemSentence } from "@/lib/domain/credentials/api-key/key-problems";

import { TextFileInput, unreadableFile } from "./text-file-input";

type PublicKeyFileProps = {
  onChosen: (text: string) => void;
  /** With the reason; the text is forgotten, since it may be somebody's private key. */
  onRefused: (sentence: string) => void;
};

export function PublicKeyFile({ onChosen, onRefused }: PublicKeyFileProps) {
  const { id, problem } = useFieldState("key", true);
  return (
    <TextFileInput
      id={id}
      label="Public key"
      hint="A PEM file with one RSA public key of 2048 bits or more."
      problem={problem}
      onText={(text) => {
        const found = classifyKeyText(text);
        if (found === undefined) onChosen(text);
        else onRefused(keyProblemSentence(found));
      }}
      onRefused={(reason) =>
        onRefused(reason === "too_large" ? keyProblemSentence(reason) : unreadableFile)
      }
    />
  );
}
