import { expect, problem, row, test } from "./support/fixtures";

const thanks = /^Thank you\. A secret that was issued here and still worked is ended/;

test("a visitor reports a token: it ends, and its owner reads why", async ({
  stage,
  visitor,
  asUser,
}) => {
  const { page, person } = await asUser();
  const { token = "" } = await stage.api("POST", `/users/${person.id}/authTokens`, {
    description: "in a public repository",
  });
  await visitor.page.goto("/sign-in");
  await visitor.page.getByRole("link", { name: "Report a leaked secret" }).click();
  await visitor.page.getByLabel("What you found").fill(`export TOKEN=${token}`);
  await visitor.page.getByRole("button", { name: "Report" }).click();
  await expect(visitor.page.getByText(thanks)).toBeVisible();
  expect(await visitor.page.content()).not.toContain(token);

  await page.goto("/profile/activity");
  await expect(async () => {
    await page.reload();
    const line = row(page, "Ended auth token “in a public repository”");
    await expect(line).toContainText("reported it as leaked", { timeout: 1_000 });
    await expect(line).toContainText("Somebody who reported it");
  }).toPass({ timeout: 15_000 });
  await page.goto("/profile/auth-tokens");
  await page.getByText("1 ended auth token", { exact: true }).click();
  await expect(page.getByText("Reported as leaked")).toBeVisible();
});

test("it works without JavaScript, and an empty report says what is missing", async ({
  stage,
  browser,
}) => {
  const context = await browser.newContext({ baseURL: stage.url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto("/report-leak");
  await page.getByRole("button", { name: "Report" }).click();
  await expect(problem(page)).toContainText("Enter what you found.");
  await page.getByLabel("What you found").fill("nothing of yours");
  await page.getByRole("button", { name: "Report" }).click();
  await expect(page.getByText(thanks)).toBeVisible();
  await context.close();
});
