import { pressedLink } from "./pressed-link";

/** What somebody wanted when there was no network. */
export interface Held {
  /** Where they wanted to go; undefined for a form that was not sent. */
  readonly href: string | undefined;
  /** What they pressed. */
  readonly from: HTMLElement | undefined;
}

/**
 * Holds up links, forms that would leave the page, and whatever else would load another document, while the browser has no
 * network. Returns how to end that.
 */
export function holdWhileOffline(tell: (held: Held) => void): () => void {
  hold = tell;
  const onClick = (event: MouseEvent) => {
    const link = navigator.onLine ? undefined : linkAway(event);
    if (!link) return;
    stop(event);
    tell({ href: link.href, from: link });
  };
  const onSubmit = (event: SubmitEvent) => {
    const form = event.target;
    if (navigator.onLine || !(form instanceof HTMLFormElement) || !("leaves" in form.dataset))
      return;
    stop(event);
    tell({ href: undefined, from: event.submitter ?? form });
  };
  // What Next could not fetch it asks the browser to open. Not every browser says so.
  const onNavigate = (event: NavigateEvent) => {
    const { destination, cancelable, downloadRequest } = event;
    if (navigator.onLine || !cancelable || destination.sameDocument || downloadRequest !== null)
      return;
    const { origin, pathname } = new URL(destination.url);
    if (origin !== window.location.origin) return;
    event.preventDefault();
    // Another filter of the same list: the note above it says enough.
    if (pathname === window.location.pathname) return;
    // Next asks for it while React renders, and what is told then is not shown.
    setTimeout(() => tell({ href: destination.url, from: undefined }));
  };
  const navigation: Navigation | undefined = "navigation" in window ? window.navigation : undefined;
  document.addEventListener("click", onClick, true);
  document.addEventListener("submit", onSubmit, true);
  navigation?.addEventListener("navigate", onNavigate);
  return () => {
    if (hold === tell) hold = undefined;
    document.removeEventListener("click", onClick, true);
    document.removeEventListener("submit", onSubmit, true);
    navigation?.removeEventListener("navigate", onNavigate);
  };
}

let hold: ((held: Held) => void) | undefined;

/** For whoever is about to go somewhere without a link: whether there is no network, and the wish is held up. */
export function isHeldUp(href: string): boolean {
  if (navigator.onLine || !hold) return false;
  hold({ href: new URL(href, window.location.href).href, from: undefined });
  return true;
}

/** A browser says that it is online when a cable is in. Returns how to wait no longer. */
export function whenReachable(go: () => void): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let isOver = false;
  const look = async () => {
    const answer = await fetch("/healthz", { cache: "no-store" }).catch(() => undefined);
    if (isOver) return;
    if (answer) go();
    else timer = setTimeout(() => void look(), 1_000);
  };
  void look();
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

/** Not one to another place of the page that is shown. */
function linkAway(event: MouseEvent): HTMLAnchorElement | undefined {
  const link = pressedLink(event);
  const isHere = link?.pathname === window.location.pathname && link.hash !== "";
  return isHere ? undefined : link;
}

function stop(event: Event): void {
  event.preventDefault();
  // Nobody else on the document asks about a way that is not taken.
  event.stopImmediatePropagation();
}
