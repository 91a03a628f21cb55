import { readFileSync } from "node:fs";
import { join } from "node:path";

import { root } from "../lib/run.mjs";

/** They only lead on to another page. */
const leadOn = new Set(["/", "/profile", "/identity/users/[userId]"]);
/** Next's own, for what ours has caught already. */
const nextsOwn = /^\/_/;

/** The pages of the build of which none of these addresses is one. */
export function unseenPages(addresses) {
  const routes = JSON.parse(
    readFileSync(join(root, ".next/app-path-routes-manifest.json"), "utf8"),
  );
  const pages = Object.entries(routes)
    .filter(
      ([file, route]) => file.endsWith("/page") && !leadOn.has(route) && !nextsOwn.test(route),
    )
    .map(([, route]) => route)
    // What is written out goes before what may be anything.
    .toSorted((one, other) => openness(one) - openness(other));
  const patterns = pages.map((page) => [page, patternOf(page)]);
  const seen = new Set(
    addresses.map((address) => {
      const { pathname } = new URL(address);
      return patterns.find(([, pattern]) => pattern.test(pathname))?.[0];
    }),
  );
  return pages.filter((page) => !seen.has(page));
}

const openness = (route) => (route.match(/\[/g) ?? []).length + (route.includes("[...") ? 100 : 0);

const patternOf = (route) =>
  new RegExp(`^${route.replaceAll(/\[\.\.\.\w+\]/g, ".+").replaceAll(/\[\w+\]/g, "[^/]+")}/?$`);
