import { useSyncExternalStore } from "react";

const storageKey = "latchkey.single-keys";
const listeners = new Set<() => void>();

/** Whether `/` and `?` act by themselves. People who speak to their computer turn that off (WCAG 2.1.4). */
export function useSingleKeys(): [boolean, (isOn: boolean) => void] {
  const isOn = useSyncExternalStore(watch, readSingleKeys, () => true);
  return [isOn, writeSingleKeys];
}

export function readSingleKeys(): boolean {
  return localStorage.getItem(storageKey) !== "off";
}

function writeSingleKeys(isOn: boolean) {
  localStorage.setItem(storageKey, isOn ? "on" : "off");
  for (const listener of listeners) listener();
}

function watch(changed: () => void) {
  listeners.add(changed);
  return () => listeners.delete(changed);
}
