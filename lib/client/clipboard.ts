export type CopyOutcome = "copied" | "selected" | "failed";

/**
 * Copies a text. Where the page has no clipboard (plain http, a refused permission) the visible text is selected
 * instead, so that the reader's own copy command finds it; the outcome says which of the two happened.
 */
export async function copyText(text: string, visible: HTMLElement | null): Promise<CopyOutcome> {
  try {
    await navigator.clipboard.writeText(text);
    return "copied";
  } catch {
    return visible !== null && selectText(visible) ? "selected" : "failed";
  }
}

function selectText(element: HTMLElement): boolean {
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement) {
    element.focus();
    element.select();
    return true;
  }
  const selection = window.getSelection();
  if (selection === null) return false;
  const range = document.createRange();
  range.selectNodeContents(element);
  selection.removeAllRanges();
  selection.addRange(range);
  return true;
}
