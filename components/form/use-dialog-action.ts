import { useRouter } from "next/navigation";

import type { ActionAnswer } from "@/lib/client/action-error";
import { announce, showToast } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

/** What is said once it is done; with the page to go on to where this one is about what is gone, or about less. */
type Outcome = string | { said: string; leadsTo: string };

/**
 * The action that a dialog is there for. Once it is done the dialog closes, what came of it is said, and the page behind
 * is read again or left. It is read again, too, when it proves to be of before another's change: so a dialog keeps what it
 * was opened with, or its next press would replace what nobody has seen. `close` forgets what was sent and refused.
 */
export function useDialogAction<Input, Output>(
  action: (input: Input) => Promise<ActionAnswer<Output>>,
  onClose: () => void,
  outcomeOf: (output: Output) => Outcome,
) {
  const router = useRouter();
  const mutation = useActionMutation(action, {
    onDone: (output) => {
      close();
      const outcome = outcomeOf(output);
      if (typeof outcome === "string") {
        announce(outcome);
        router.refresh();
      } else {
        showToast(outcome.said, "good");
        router.push(outcome.leadsTo);
      }
    },
    // However the dialog is closed: opened anew, it is of what is there now.
    onRefused: ({ code }) => {
      if (code === "stale") router.refresh();
    },
  });
  const close = () => {
    mutation.reset();
    onClose();
  };
  return { ...mutation, close };
}
