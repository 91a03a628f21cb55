/** What is done on a page before its picture is taken. */

/** A dialog has come. */
export const opened = (page) => anyDialog(page).waitFor();

/** On a loaded machine a click can come before the page answers to it: then it is made again. */
export async function clickFor(target, outcome) {
  for (let left = 8; left > 1; left -= 1) {
    await target.click();
    const came = await outcome.waitFor({ timeout: 5_000 }).then(
      () => true,
      () => false,
    );
    if (came) return;
  }
  await target.click();
  await outcome.waitFor();
}

const anyDialog = (page) => page.locator("[role=dialog], [role=alertdialog]").first();

export const dialog = (name) => (page) =>
  clickFor(
    page.getByRole("main").getByRole("button", { name, exact: true }).first(),
    anyDialog(page),
  );

export const menu = (name) => (page) =>
  clickFor(page.getByRole("button", { name, exact: true }).first(), page.getByRole("menu"));

/** On the first row, or on the one that says so. */
export const rowAction = (action, text) => async (page) => {
  const main = page.getByRole("main");
  const place = text === undefined ? main : main.getByRole("row").filter({ hasText: text });
  await openMenu(page, place);
  await page.getByRole("menuitem", { name: action, exact: true }).click();
  await opened(page);
};

/** The first menu of actions in a place. */
export const openMenu = (page, place = page.getByRole("main")) =>
  clickFor(place.getByRole("button", { name: /^Actions/ }).first(), page.getByRole("menu"));

/** Label → what is typed there, in the dialog that is open. */
export async function typeIn(page, fields) {
  for (const [label, text] of Object.entries(fields))
    await page.getByRole("dialog").getByLabel(label, { exact: true }).fill(text);
}

/** Leaves the one showing of a secret, where there was one. */
export async function saveAndClose(page, { hasSecret }) {
  const shown = page.getByRole("dialog");
  if (hasSecret) await shown.getByLabel("I have saved it").check();
  if ((await shown.count()) > 0) await shown.getByRole("button", { name: "Close" }).click();
  await shown.waitFor({ state: "hidden" });
}

/** On the page of somebody else, whom the list leads to. */
export const atMaria = (act) => async (page) => {
  await page.getByRole("link", { name: "maria" }).click();
  await page.getByRole("heading", { name: "maria", level: 1 }).waitFor();
  await act(page);
};
export const more = (entry) => async (page) => {
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: entry, exact: true }).click();
  await opened(page);
};
export const choosing = (act) => async (page) => {
  await page.getByLabel("Select all on this page").check();
  await act(page);
};

export const follow = (name) => async (page) => {
  await page.getByRole("main").getByRole("link", { name, exact: true }).click();
  await page.getByRole("heading", { name, level: 1 }).waitFor();
};

export async function writeStatements(page) {
  const field = page.getByLabel("Statements");
  await field.pressSequentially(
    "Allow group HelpDesk to manage usres in tenancy where target.user.name = 'a'\nAllow group Administrators to ",
  );
  await page.getByRole("option").first().waitFor();
  await page.waitForTimeout(600);
}

export async function signIn(page, name, secret) {
  await page.getByLabel("User name").fill(name);
  await page.getByLabel("Password", { exact: true }).fill(secret);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForFunction(
    () => location.pathname !== "/sign-in" || document.querySelector("main [role=alert]"),
  );
}
