import { expect, it } from "vitest";

import { atOneField } from "./at-one-field";

it("keeps what an error says, and puts what is wrong with a line at the list", () => {
  const error = Object.assign(new Error("It was changed meanwhile."), {
    fields: { "scopes.1": "No blanks.", name: "Taken." },
    requestId: "r",
  });
  expect(atOneField(error, "scopes")).toEqual({
    message: "It was changed meanwhile.",
    requestId: "r",
    fields: { scopes: "No blanks.", name: "Taken." },
  });
  expect(atOneField(null, "scopes")).toBeNull();
});
