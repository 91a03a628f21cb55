import { Plus } from "lucide-react";
import { type ReactNode, Suspense } from "react";

import { Button } from "./button";
import { preloadDialog } from "./dialog";
import { useShown } from "./use-shown";

type CreateButtonProps = {
  label: string;
  /** Fetches the code of the dialog ahead, when the button gets the pointer or the focus. */
  preload: () => unknown;
  /** The dialog, from its first opening on. */
  children: (dialog: { isOpen: boolean; onClose: () => void }) => ReactNode;
};

/** The button of a list whose dialog makes one more. */
export function CreateButton({ label, preload, children }: CreateButtonProps) {
  const { shown, isOpen, show, close } = useShown<true>();
  const fetchAhead = () => {
    preloadDialog();
    preload();
  };
  return (
    <>
      <Button
        variant="primary"
        icon={<Plus aria-hidden="true" className="size-4" />}
        onPointerEnter={fetchAhead}
        onFocus={fetchAhead}
        onClick={() => show(true)}
      >
        {label}
      </Button>
      {shown !== null && (
        <Suspense fallback={null}>{children({ isOpen, onClose: close })}</Suspense>
      )}
    </>
  );
}
