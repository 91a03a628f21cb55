import { useState } from "react";

/** What a dialog is about: it stays while the dialog leaves the screen. */
export function useShown<Subject>() {
  const [shown, setShown] = useState<Subject | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  return {
    shown,
    isOpen,
    show: (subject: Subject) => {
      setShown(() => subject);
      setIsOpen(true);
    },
    close: () => setIsOpen(false),
  };
}
