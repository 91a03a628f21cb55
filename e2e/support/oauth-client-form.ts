import type { Locator } from "@playwright/test";

export const address = "/profile/oauth-client-credentials";

/** One of the scopes of a form, counted from 1. */
export const scope = (form: Locator, number: number) =>
  form.getByRole("group", { name: `Scope ${number}`, exact: true });

/** A scope by hand, not by a choice. */
export async function enter(form: Locator, number: number, audience: string, name: string) {
  const fields = scope(form, number);
  await fields.getByText("Enter Fully Qualified Scope").click();
  await fields.getByLabel("Audience").fill(audience);
  await fields.getByLabel("Scope", { exact: true }).fill(name);
}
