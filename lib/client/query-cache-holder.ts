import type { QueryClient } from "@tanstack/react-query";
import { createContext, useContext } from "react";

/**
 * Where the console's query cache stands once something has asked for it: TanStack Query comes to the browser with the
 * first code that needs it (`query-cache.ts`), not with the shell.
 */
export type CacheHolder = { cache?: QueryClient };

export const CacheHolderContext = createContext<CacheHolder | null>(null);

export function useCacheHolder(): CacheHolder {
  const holder = useContext(CacheHolderContext);
  if (holder === null) throw new Error("The query cache belongs to the console's shell.");
  return holder;
}
