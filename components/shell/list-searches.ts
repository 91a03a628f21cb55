import type { Command } from "./command";

/** The lists that can be searched, and what they hold. */
const lists = [
  { href: "/identity/users", label: "Search users for" },
  { href: "/identity/groups", label: "Search groups for" },
  { href: "/identity/audit", label: "Search the audit log for" },
] as const;

/** For what no page is called: to look for it in each list that the viewer may open. */
export function listSearches(commands: readonly Command[], query: string): Command[] {
  const wanted = query.trim();
  if (wanted === "") return [];
  return lists
    .filter(({ href }) => commands.some((command) => command.href === href))
    .map(({ href, label }) => ({
      id: `search ${href}`,
      label: `${label} “${wanted}”`,
      group: "Search",
      href: `${href}?search=${encodeURIComponent(wanted)}`,
    }));
}
