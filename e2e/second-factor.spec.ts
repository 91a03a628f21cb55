import { enrol, savedCodes } from "./support/enrol";
import {
  expect,
  expectAccessible,
  giveReason,
  holdActions,
  problem,
  signIn,
  test,
} from "./support/fixtures";
import { appCode } from "./support/totp";

test("a person enables it with an app, signs in with a code and with a recovery code; an administrator disables it", async ({
  asUser,
  asAdmin,
  visitor,
  browser,
  stage,
}) => {
  test.slow();
  const { page, person } = await asUser({ email: `second-factor-${Date.now()}@example.com` });
  await page.goto("/profile/security");
  const { key, recoveryCodes } = await enrol(page);
  expect(recoveryCodes).toHaveLength(10);
  await expect(page.getByText("10 of 10 left")).toBeVisible();

  await test.step("without JavaScript, and nothing is open before the code", async () => {
    const plain = await browser.newContext({ baseURL: stage.url, javaScriptEnabled: false });
    const bare = await plain.newPage();
    await bare.goto("/profile/api-keys");
    await signIn(bare, person.name, person.password);
    await expect(bare).toHaveURL(/\/sign-in\/second-factor/);
    for (const path of ["/profile/details", "/identity/users", "/change-password"]) {
      await bare.goto(path);
      await expect(bare).toHaveURL(/\/sign-in\?callbackUrl/);
    }
    await bare.goto("/sign-in/second-factor?callbackUrl=%2Fprofile%2Fapi-keys");
    await bare.getByLabel("Verification code").fill("000000");
    await bare.getByRole("button", { name: "Sign in" }).click();
    await expect(problem(bare)).toContainText("This code is not right");
    // The one of now was used up by enabling.
    await bare.getByLabel("Verification code").fill(appCode(key, 1));
    await bare.getByRole("button", { name: "Sign in" }).click();
    await expect(bare).toHaveURL(/\/profile\/api-keys$/);
    await plain.close();
  });

  await test.step("with a recovery code, once", async () => {
    const { page: other } = visitor;
    await other.setViewportSize({ width: 360, height: 740 });
    await other.goto("/sign-in");
    await signIn(other, person.name, person.password);
    await expectAccessible(other);
    await other.getByRole("link", { name: "Use a recovery code" }).click();
    await other.getByLabel("Recovery code").fill(recoveryCodes[0] ?? "");
    await other.getByRole("button", { name: "Sign in" }).click();
    await expect(other).toHaveURL(/\/profile\/details$/);
    await other.goto("/profile/security");
    await expect(other.getByText("9 of 10 left")).toBeVisible();
  });

  await test.step("an administrator disables it, with a reason", async () => {
    const { page: admins } = await asAdmin();
    await admins.goto(`/identity/users/${person.id}/security`);
    await admins.getByRole("button", { name: "More" }).click();
    await admins.getByRole("menuitem", { name: "Disable multi-factor authentication" }).click();
    const question = admins.getByRole("alertdialog");
    await question.getByRole("button", { name: "Disable", exact: true }).click();
    await giveReason(admins);
    await expect(admins.getByText(`Only ${person.name} can enable it.`)).toBeVisible();
    await page.goto("/profile/activity");
    await expect(page.getByText("Disabled multi-factor authentication")).toBeVisible();
  });
});

test("a proof takes a code; new recovery codes and disabling are the person's own", async ({
  asUser,
  stage,
}) => {
  const { page, person } = await asUser();
  await page.goto("/profile/security");
  const { key } = await enrol(page);
  await stage.ageProofs(person.id);
  await page.reload();
  await page.getByRole("button", { name: "New recovery codes" }).click();
  const dialog = page.getByRole("dialog", { name: "New recovery codes" });
  await dialog.getByRole("button", { name: "Make new codes" }).click();
  const proof = page.getByRole("dialog", { name: "Confirm that it is you" });
  await expect(proof.getByRole("button", { name: "Use the password" })).toBeVisible();
  await proof.getByLabel("Verification code").fill(appCode(key, 1));
  await proof.getByRole("button", { name: "Continue" }).click();
  await savedCodes(dialog);
  await page.getByRole("button", { name: "Disable", exact: true }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Disable" }).click();
  await expect(page.getByText("whoever knows your password can sign in as you")).toBeVisible();
});

test("enabling it can be cancelled before the key is there, and tried again where none came", async ({
  asUser,
  complaints,
}) => {
  complaints.expectLoss();
  const { page } = await asUser();
  await page.goto("/profile/security");
  const enabling = page.getByRole("button", { name: "Enable Multi-Factor Authentication" });
  const dialog = page.getByRole("dialog", { name: "Enable Multi-Factor Authentication" });
  const goOn = await holdActions(page);
  await enabling.click();
  await expect(dialog).toContainText("Making a key");
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  await enabling.click();
  await expect(dialog).toContainText("Making a key");
  goOn();
  await expect(dialog.locator("code")).toHaveText(/^[A-Z2-7]{32}$/);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await expect(dialog).toBeHidden();
  let isLost = false;
  await page.route("**", (route) => {
    if (isLost || route.request().headers()["next-action"] === undefined) return route.fallback();
    isLost = true;
    return route.abort();
  });
  await enabling.click();
  await expect(dialog.getByRole("alert").first()).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole("button", { name: "Try again" }).click();
  await expect(dialog.locator("code")).toHaveText(/^[A-Z2-7]{32}$/);
});
