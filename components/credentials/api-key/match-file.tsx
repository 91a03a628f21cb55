"use client";

import { useState } from "react";

import { InlineAlert } from "@/components/ui/inline-alert";

import { fingerprintOf } from "./fingerprint-of";
import { fileProblemSentences, publicHalfOf } from "./private-key-file";
import { TextFileInput, unreadableFile } from "./text-file-input";

type Answer = { tone: "neutral" | "warn"; title: string; words: string };

/** Tells whether a private key file belongs to a key. It is read here and compared here; nothing is sent. */
export function MatchFile({ name, fingerprint }: { name: string; fingerprint: string }) {
  const [answer, setAnswer] = useState<Answer | null>(null);
  return (
    <div className="flex flex-col gap-3">
      <TextFileInput
        label="Private key file"
        hint="It is read in this browser and compared with the fingerprint. Nothing of it is sent."
        onChosen={() => setAnswer(null)}
        onText={(text) =>
          void judge(text, name, fingerprint).then(setAnswer, () =>
            setAnswer(cannotTell("This browser cannot compute a fingerprint.")),
          )
        }
        onRefused={(reason) =>
          setAnswer(
            cannotTell(reason === "too_large" ? fileProblemSentences.no_key : unreadableFile),
          )
        }
      />
      <div aria-live="polite">
        {answer !== null && (
          <InlineAlert tone={answer.tone} title={answer.title}>
            {answer.words}
          </InlineAlert>
        )}
      </div>
    </div>
  );
}

async function judge(text: string, name: string, fingerprint: string): Promise<Answer> {
  const half = publicHalfOf(text);
  if (!half.ok) return cannotTell(fileProblemSentences[half.problem]);
  const found = await fingerprintOf(half.publicDer);
  if (found === fingerprint) {
    return {
      tone: "neutral",
      title: "It matches",
      words: `This is the private key of “${name}”.`,
    };
  }
  return {
    tone: "warn",
    title: "It does not match",
    words: `This private key belongs to the fingerprint ${found}, not to “${name}”.`,
  };
}

function cannotTell(words: string): Answer {
  return { tone: "warn", title: "It cannot be compared", words };
}
