import type { LimitRequestView } from "@/lib/domain/limits/request";

export type RequestRow = LimitRequestView & {
  /** The kind in words, and where the user's own of it are. */
  readonly title: string;
  readonly section: string;
};
