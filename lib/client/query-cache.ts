import { QueryClient } from "@tanstack/react-query";

import { RequestError } from "./fetcher";
import { type CacheHolder, useCacheHolder } from "./query-cache-holder";

/** The console's one query cache: the second argument of `useQuery` and its like. */
export function useQueryCache(): QueryClient {
  return cacheOf(useCacheHolder());
}

/** Made by whoever asks first. */
export function cacheOf(holder: CacheHolder): QueryClient {
  holder.cache ??= makeCache();
  return holder.cache;
}

function makeCache(): QueryClient {
  const cache = new QueryClient({
    defaultOptions: {
      queries: {
        // The page brought the data with it: no second look at once.
        staleTime: 10_000,
        retry: (failures, error) => failures < 2 && !isRefusal(error),
      },
    },
  });
  // From now on a page that comes back into sight reads again; on the server nothing comes back.
  if (typeof window !== "undefined") cache.mount();
  return cache;
}

function isRefusal(error: Error): boolean {
  return error instanceof RequestError && error.status < 500;
}
