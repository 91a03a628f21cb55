import type { Locator, Page } from "@playwright/test";

import { operationNames } from "@/lib/domain/policies/operations";
import { userSections } from "@/lib/domain/users/sections";

import { withDatabase } from "./support/database";
import { expect, test } from "./support/fixtures";
import { clear, payloads, plant, plantedId, policyPlaces } from "./support/hostile-plant";

/** security.md G11: text that wants to be a script or a formula, in every field and on every page that shows it. */
async function expectNothingRan(page: Page, where: string): Promise<void> {
  const ran = await page.evaluate(() => ({
    ran: "__ran" in globalThis,
    reports: Reflect.get(globalThis, "__reports"),
  }));
  expect(ran, where).toEqual({ ran: false, reports: [] });
}

/** A page for each payload in turn: what asks for it in the address, and what it is the name of. */
function pageAbout(place: number, ownerId: string): string {
  const payload = payloads[place] ?? "";
  const id = plantedId(place, ownerId);
  const asking = (path: string, query: Record<string, string>) =>
    `${path}?${new URLSearchParams(query).toString()}`;
  const operation = operationNames[place % operationNames.length] ?? "";
  const pages = [
    asking("/identity/users", { search: payload }),
    asking("/identity/audit", { search: payload }),
    `/identity/users/${id}/details`,
    asking("/identity/groups", { search: payload }),
    `/identity/groups/${id}`,
    asking("/identity/policies/explain", {
      user: payload,
      operation,
      targetUser: payload,
      targetGroup: payload,
    }),
    `/identity/users/${ownerId}/oauth-client-credentials/ocid1.credential.local..oauth_client_credential${place}`,
  ];
  return pages[place % pages.length] ?? "";
}

/** Each of these dialogs says one of the texts, or has it in a field, and runs none. */
async function openDialogs(page: Page, menu: Locator, labels: readonly string[]): Promise<void> {
  for (const label of labels) {
    await menu.first().click();
    await page.getByRole("menuitem", { name: label, exact: true }).click();
    await expectHarmlessDialog(page, `${label} on ${page.url()}`);
  }
}

async function expectHarmlessDialog(page: Page, what: string): Promise<void> {
  const dialog = page.locator("[role=dialog], [role=alertdialog]");
  const says = () =>
    dialog.evaluate((panel) =>
      [
        panel.textContent,
        ...Array.from(panel.querySelectorAll("input, textarea"), (field) =>
          "value" in field ? String(field.value) : "",
        ),
      ].join("\n"),
    );
  await expect.poll(says, what).toMatch(/__ran|cmd\|/);
  await expectNothingRan(page, what);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
}

test("no text is run as a script, on any page or in any dialog, and none is a formula in a file", async ({
  asAdmin,
  asUser,
  stage,
}) => {
  test.slow();
  const { person, page: own } = await asUser();
  const { page } = await asAdmin();
  const watch = () => {
    const reports: string[] = [];
    Reflect.set(globalThis, "__reports", reports);
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      reports.push(`${violatedDirective} ${blockedURI}`);
    });
  };
  for (const each of [page, own]) await each.addInitScript(watch);
  await withDatabase(stage.dataDir, (client) => plant(client, person.id));
  try {
    for (const { id: section } of userSections)
      for (const [each, base] of [
        [own, "/profile"],
        [page, `/identity/users/${person.id}`],
      ] as const) {
        await each.goto(`${base}/${section}`);
        await expect(each.getByRole("heading", { level: 1 })).toBeVisible();
        await expectNothingRan(each, `${base}/${section}`);
      }
    for (const path of [
      "/identity/users",
      "/identity/users?sort=-created",
      "/identity/users?search=script",
      "/identity/audit",
      `/identity/audit?search=${person.name}`,
      "/identity/credential-report?show=old",
      "/identity/groups",
      "/identity/policies",
      "/identity/policies/create",
      `/identity/policies/explain?user=${person.name}&operation=GetGroup&targetGroup=${person.name}`,
      ...policyPlaces.map((place) => `/identity/policies/${plantedId(place, person.id)}`),
      "/identity/overview",
      "/identity/oauth-resources",
      "/identity/limit-requests",
      "/identity/settings",
    ]) {
      await page.goto(path);
      await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
      await expectNothingRan(page, path);
    }
    for (const place of payloads.keys()) {
      const address = pageAbout(place, person.id);
      expect((await page.goto(address))?.status(), address).toBe(200);
      expect(await page.content(), address).toMatch(/__ran|cmd\||1\+1/);
      await expectNothingRan(page, address);
    }
    const inRow = (each: Page) => each.getByRole("main").getByRole("button", { name: "Actions" });
    const more = page.getByRole("button", { name: "More" });
    for (const { id: section, kindId } of userSections) {
      if (kindId === undefined) continue;
      await own.goto(`/profile/${section}`);
      await openDialogs(own, inRow(own), ["Edit", "Delete"]);
    }
    await page.goto(`/identity/users/${plantedId(0, person.id)}/details`);
    await openDialogs(page, more, ["Edit", "Edit tags", "Send invitation", "Suspend", "Delete"]);
    await page.getByRole("button", { name: "Create/Reset Password" }).click();
    await expectHarmlessDialog(page, "Create/Reset Password");
    await page.goto(`/identity/groups/${plantedId(0, person.id)}`);
    await openDialogs(page, more, ["Edit"]);
    await openDialogs(page, inRow(page), ["Remove"]);
    await page.goto(`/identity/policies/${plantedId(0, person.id)}`);
    await openDialogs(page, more, ["Delete"]);
    await page.goto("/identity/oauth-resources");
    const resource = page.getByRole("row").filter({ hasText: "__ran" });
    await openDialogs(page, inRow(page).and(resource.getByRole("button")), [
      "Grant scopes",
      "Edit",
      "Delete",
    ]);
    await page.goto("/identity/limit-requests");
    const request = page.getByRole("row").filter({ hasText: "__ran" });
    await openDialogs(page, inRow(page).and(request.getByRole("button")), ["Grant"]);
    for (const file of ["users", "audit", "credential-report"]) {
      const answer = await page.request.get(
        new URL(`/api/console/${file}/export?format=csv`, stage.url).href,
      );
      const csv = await answer.text();
      expect(csv).toContain("cmd|");
      expect(csv.match(/(?:^|[,\n])"?[=+\-@\t\r].*/g), file).toBeNull();
    }
  } finally {
    await withDatabase(stage.dataDir, (client) => clear(client, person.id));
  }
});
