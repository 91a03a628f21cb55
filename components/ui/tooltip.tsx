"use client";

import { clsx } from "clsx";
import { type KeyboardEvent, type ReactNode, useRef, useState } from "react";

export type TooltipProps = {
  content: ReactNode;
  children: ReactNode;
  /** Describes the content to a screen reader; leave it out where the children already say it all. */
  id?: string | undefined;
  isMono?: boolean | undefined;
  className?: string | undefined;
};

type Place = { left: number; top: number; isAbove: boolean };

/**
 * More about what is under the pointer or focus. It can be pointed at, stays until the reader leaves and goes away
 * on Esc (WCAG 1.4.13). Drawn in the top layer, so that no box or dialog cuts it off and nothing moves.
 */
export function Tooltip({ content, children, id, isMono = false, className }: TooltipProps) {
  const box = useRef<HTMLSpanElement>(null);
  const [place, setPlace] = useState<Place | null>(null);
  const show = () =>
    setPlace(box.current === null ? null : placeFor(box.current.getBoundingClientRect()));
  const hide = () => setPlace(null);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || place === null) return;
    event.stopPropagation();
    hide();
  };
  return (
    // Nothing is operated here: what is inside has the focus, this only listens to it coming and going.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <span
      ref={box}
      className={clsx("inline-flex max-w-full min-w-0", className)}
      onPointerEnter={show}
      onPointerLeave={hide}
      onFocus={show}
      onBlur={hide}
      onKeyDown={onKeyDown}
    >
      {children}
      {place !== null && (
        <span
          {...(id === undefined ? { "aria-hidden": true } : { id, role: "tooltip" })}
          ref={raise}
          popover="manual"
          style={{ left: place.left, top: place.top }}
          className={clsx(
            "fixed inset-auto z-80 m-0 max-w-[min(34rem,calc(100vw-1rem))] overflow-visible border-0 bg-transparent px-0 py-1.5",
            place.isAbove && "-translate-y-full",
          )}
        >
          <span
            className={clsx(
              "block w-fit animate-enter rounded-control border border-line bg-surface px-2.5 py-1.5 whitespace-pre-line text-ink shadow-menu",
              isMono ? "font-mono text-code break-all" : "text-small",
            )}
          >
            {content}
          </span>
        </span>
      )}
    </span>
  );
}

/** Into the top layer, over everything; a browser that has none draws it in place. */
function raise(element: HTMLElement | null) {
  if (element !== null && "showPopover" in element) element.showPopover();
}

const roomBelow = 96;
const widest = 544;

function placeFor(anchor: DOMRect): Place {
  const isAbove = window.innerHeight - anchor.bottom < roomBelow;
  const left = Math.max(8, Math.min(anchor.left - 4, window.innerWidth - widest - 8));
  const onNarrow = window.innerWidth < widest + 16 ? 8 : left;
  return { left: onNarrow, top: isAbove ? anchor.top : anchor.bottom, isAbove };
}
