import { useRouter } from "next/navigation";

import type { ActionAnswer } from "@/lib/client/action-error";
import { announce } from "@/lib/client/announcements";
import { useActionMutation } from "@/lib/client/use-action-mutation";

/**
 * The action that a dialog is there for. Once it is done the dialog closes, `said` is announced, and the page behind is
 * read again. `close` forgets what was sent and refused.
 */
export function useDialogAction<Input, Output>(
  action: (input: Input) => Promise<ActionAnswer<Output>>,
  onClose: () => void,
  said: (output: Output) => string,
) {
  const router = useRouter();
  const mutation = useActionMutation(action, {
    onDone: (output) => {
      close();
      announce(said(output));
      router.refresh();
    },
  });
  const close = () => {
    mutation.reset();
    onClose();
  };
  return { ...mutation, close };
}
