"use client";

import { X } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";

import { Status } from "@/components/ui/status";
import {
  dismissToast,
  noAnnouncements,
  readAnnouncements,
  type Toast,
  watchAnnouncements,
} from "@/lib/client/announcements";

const shownMilliseconds = 6000;

/** The page's live region, and the toasts. In the page from the start: a region that comes with its text stays mute. */
export function Toasts() {
  const { spoken, toasts } = useSyncExternalStore(
    watchAnnouncements,
    readAnnouncements,
    noAnnouncements,
  );
  return (
    <>
      <output className="sr-only">{spoken}</output>
      <output className="fixed right-4 bottom-4 z-70 flex w-[min(24rem,calc(100vw-2rem))] flex-col gap-2">
        {toasts.map((toast) => (
          <ToastCard key={toast.id} toast={toast} />
        ))}
      </output>
    </>
  );
}

function ToastCard({ toast }: { toast: Toast }) {
  const [isHeld, setIsHeld] = useState(false);
  useEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(() => dismissToast(toast.id), shownMilliseconds);
    return () => clearTimeout(timer);
  }, [isHeld, toast.id]);
  return (
    <div
      className="flex animate-enter items-start gap-2 rounded-panel border border-line bg-surface py-1.5 pr-1.5 pl-3 shadow-menu"
      onPointerEnter={() => setIsHeld(true)}
      onPointerLeave={() => setIsHeld(false)}
      onFocus={() => setIsHeld(true)}
      onBlur={() => setIsHeld(false)}
    >
      <Status tone={toast.tone} className="min-w-0 flex-1 py-1.5 wrap-anywhere whitespace-normal">
        {toast.message}
      </Status>
      <button
        type="button"
        aria-label="Dismiss"
        onClick={() => dismissToast(toast.id)}
        className="inline-flex size-8 shrink-0 items-center justify-center rounded-control text-ink-soft hover:bg-raised hover:text-ink pointer-coarse:size-11"
      >
        <X aria-hidden="true" className="size-3.5" />
      </button>
    </div>
  );
}
