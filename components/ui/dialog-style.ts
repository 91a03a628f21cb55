export const backdropStyle =
  "fixed inset-0 z-50 bg-veil transition-opacity duration-[140ms] ease-out data-ending-style:opacity-0 data-starting-style:opacity-0";

export const popupStyle =
  "fixed top-1/2 left-1/2 z-50 flex max-h-[calc(100dvh-2rem)] w-[calc(100vw-2rem)] -translate-x-1/2 -translate-y-1/2 flex-col overflow-clip rounded-dialog border border-line bg-surface shadow-dialog transition-[opacity,translate] duration-[140ms] ease-out data-ending-style:opacity-0 data-starting-style:-translate-y-[calc(50%-4px)] data-starting-style:opacity-0";

/** Dialogs live in the main landmark, so that their problems are found there. */
export function dialogContainer(): HTMLElement {
  return document.querySelector("main") ?? document.body;
}
