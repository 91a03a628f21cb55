import { expect, it } from "vitest";

import { headSigner } from "./sign-head";

const signer = headSigner(Buffer.alloc(32, 7));

it("knows its own signature, again after a restart, and no other", () => {
  const signature = signer.sign("text");
  expect(headSigner(Buffer.alloc(32, 7)).verify("text", signature)).toBe(true);
  expect(signer.verify("texu", signature)).toBe(false);
  expect(headSigner(Buffer.alloc(32, 8)).verify("text", signature)).toBe(false);
  expect(signer.verify("text", "")).toBe(false);
  expect(signer.verify("text", "no signature at all")).toBe(false);
});
