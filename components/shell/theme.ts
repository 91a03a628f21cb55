export const themes = ["light", "dark", "system"] as const;

export type Theme = (typeof themes)[number];

export const themeCookie = "latchkey.theme";

/** What the layout writes to `<html data-theme>`, before anything is painted. */
export function parseTheme(cookie: string | undefined): Theme {
  return themes.find((theme) => theme === cookie) ?? "system";
}
