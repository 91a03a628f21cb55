import { useState } from "react";

/** What is chosen goes before what the address says; what is typed, unless the address was emptied by a link. */
export function useAddressText(said: string, { isTyped = false } = {}) {
  const [text, setText] = useState(said);
  const [known, setKnown] = useState(said);
  if (said !== known) {
    setKnown(said);
    if (text.trim() === known && (said === "" || !isTyped)) setText(said);
  }
  return [text, setText] as const;
}
