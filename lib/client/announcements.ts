export type Toast = { id: number; message: string; tone: "neutral" | "good" | "warn" };
export type Announcements = { spoken: string; toasts: readonly Toast[] };

const nothing: Announcements = { spoken: "", toasts: [] };
const listeners = new Set<() => void>();
let current = nothing;
let lastId = 0;

/** Tells screen readers what happened where the page already shows it: created, deleted, blocked. */
export function announce(message: string): void {
  // A repeated sentence is only spoken again when the text differs.
  const spoken = current.spoken === message ? `${message}\u00a0` : message;
  change({ ...current, spoken });
}

/** Shows and speaks what has no place on the page. Never for the errors of a form. */
export function showToast(message: string, tone: Toast["tone"] = "neutral"): void {
  lastId += 1;
  change({ ...current, toasts: [...current.toasts.slice(-2), { id: lastId, message, tone }] });
}

export function dismissToast(id: number): void {
  change({ ...current, toasts: current.toasts.filter((toast) => toast.id !== id) });
}

export function readAnnouncements(): Announcements {
  return current;
}

export function noAnnouncements(): Announcements {
  return nothing;
}

export function watchAnnouncements(changed: () => void): () => void {
  listeners.add(changed);
  return () => listeners.delete(changed);
}

function change(next: Announcements) {
  current = next;
  for (const listener of listeners) listener();
}
