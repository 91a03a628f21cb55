"use client";

import { Checkbox } from "@/components/ui/checkbox";
import { useSingleKeys } from "@/lib/client/single-keys";

export function SingleKeysBox() {
  const [isOn, setIsOn] = useSingleKeys();
  return (
    <Checkbox
      className="text-small text-ink-soft"
      label="Single-key shortcuts: / and ?"
      checked={isOn}
      onChange={(event) => setIsOn(event.target.checked)}
    />
  );
}
