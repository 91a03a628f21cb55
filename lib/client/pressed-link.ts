/** The link to a page of this console that a plain press is on; none for a press that opens it in another tab or window. */
export function pressedLink(event: MouseEvent): HTMLAnchorElement | undefined {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    return undefined;
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (link === null || link.origin !== window.location.origin) return undefined;
  return link.target === "_blank" ? undefined : link;
}
