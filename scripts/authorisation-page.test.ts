import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, it } from "vitest";

import { authorisationPage } from "../e2e/support/authorisation-page";

const file = join(fileURLToPath(new URL("..", import.meta.url)), "docs/authorisation.md");

it("docs/authorisation.md is what the tables say; `npm run authorisation-page` writes it anew", () =>
  expect(authorisationPage()).toMatchFileSnapshot(file));
