import { describe, expect, test } from "vitest";

import { type ActionAnswer, ActionError } from "./action-error";
import { reason } from "./reason";
import { sessionEnd } from "./session-end";
import { proof } from "./step-up";
import { perform } from "./use-action-mutation";

const refused = (
  code: "step_up_required" | "reason_required" | "limit_reached" | "unauthenticated",
): ActionAnswer<string> => ({
  ok: false,
  error: { code, message: `no: ${code}`, fields: { name: "wrong" } },
});

/** An action that gives these answers in turn, and remembers what it was asked. */
function scripted(...answers: ActionAnswer<string>[]) {
  const asked: string[] = [];
  const action = (input: string) => {
    asked.push(input);
    const answer = answers.shift();
    return answer ? Promise.resolve(answer) : Promise.reject(new Error("asked too often"));
  };
  return { action, asked };
}

describe("an action as a mutation", () => {
  test("is repeated after the end of the session as often as the person says that they signed in again", async () => {
    const ended = refused("unauthenticated");
    const { action, asked } = scripted(ended, ended, { ok: true, output: "done" });
    const result = perform(action, "x");
    for (let tellings = 0; tellings < 2; tellings += 1) {
      await new Promise((resolve) => setTimeout(resolve));
      sessionEnd.settle(true);
    }
    await expect(result).resolves.toBe("done");
    expect(asked).toEqual(["x", "x", "x"]);
  });

  test("stays refused after the end of the session when the person would rather not sign in, or has secrets to keep", async () => {
    const leaving = scripted(refused("unauthenticated"));
    const result = perform(leaving.action, "x");
    await Promise.resolve();
    await Promise.resolve();
    sessionEnd.settle(false);
    await expect(result).rejects.toMatchObject({ code: "unauthenticated" });
    const staying = scripted(refused("unauthenticated"));
    await expect(perform(staying.action, "x", { isStaying: true })).rejects.toMatchObject({
      code: "unauthenticated",
    });
  });

  test("gives its output", async () => {
    const { action } = scripted({ ok: true, output: "done" });
    await expect(perform(action, "x")).resolves.toBe("done");
  });

  test("turns a refusal into an error that a form can show", async () => {
    const { action } = scripted(refused("limit_reached"));
    await expect(perform(action, "x")).rejects.toMatchObject({
      code: "limit_reached",
      message: "no: limit_reached",
      fields: { name: "wrong" },
    });
  });

  test("repeats itself once after a fresh proof", async () => {
    const { action, asked } = scripted(refused("step_up_required"), { ok: true, output: "done" });
    const result = perform(action, "x");
    await Promise.resolve();
    await Promise.resolve();
    proof.settle(true);
    await expect(result).resolves.toBe("done");
    expect(asked).toEqual(["x", "x"]);
  });

  test("stays refused when no proof is given", async () => {
    const { action, asked } = scripted(refused("step_up_required"));
    const result = perform(action, "x");
    await Promise.resolve();
    await Promise.resolve();
    proof.settle(false);
    await expect(result).rejects.toMatchObject({ code: "step_up_required" });
    expect(asked).toEqual(["x"]);
  });

  test("repeats itself with the reason that was asked for, and stays refused without one", async () => {
    const asked: unknown[] = [];
    const action = async (input: { id: string; reason?: string }) => {
      asked.push(input);
      return input.reason === undefined
        ? refused("reason_required")
        : { ok: true as const, output: "done" };
    };
    const given = perform(action, { id: "x" });
    await new Promise((resolve) => setTimeout(resolve));
    reason.settle("ticket 7");
    await expect(given).resolves.toBe("done");
    expect(asked).toEqual([{ id: "x" }, { id: "x", reason: "ticket 7" }]);
    const refusal = perform(action, { id: "y" });
    await new Promise((resolve) => setTimeout(resolve));
    reason.settle(undefined);
    await expect(refusal).rejects.toMatchObject({ code: "reason_required" });
  });

  test("says what to do when the server never answered", async () => {
    const { action } = scripted();
    const failure = await perform(action, "x").catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(ActionError);
    expect(failure).toMatchObject({
      code: "internal",
      message: expect.stringContaining("look at the list"),
    });
  });
});
