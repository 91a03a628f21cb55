import { expect, it } from "vitest";

import { durations, secondsAfter } from "./durations";

it("the periods are those that people and clients were promised", () => {
  expect(durations).toEqual({
    oneTimePassword: 604_800,
    invitation: 604_800,
    emailConfirmation: 86_400,
    temporaryPassword: 86_400,
    sessionIdle: 1_800,
    sessionAbsolute: 43_200,
    secondFactorStep: 600,
    stepUp: 900,
    retryToken: 86_400,
    retrySecret: 3_600,
    signatureSkew: 300,
    replayMemory: 660,
    replayGrace: 5,
    endedListing: 7_776_000,
    lastUsePrecision: 60,
    recentUse: 604_800,
    rotationOverlaps: { now: 0, "1h": 3_600, "24h": 86_400, "7d": 604_800 },
    expiryNotices: [2_592_000, 604_800, 86_400],
    accessToken: 3_600,
    clientAssertion: 600,
    signingKey: 2_592_000,
    keyNotice: 86_400,
    keyAfterlife: 7_200,
    keySetCache: 300,
    auditRetention: 34_560_000,
  });
});

it("seconds after a moment cross days and years", () => {
  const moment = new Date("2026-12-31T23:59:30.250Z");
  expect(secondsAfter(moment, 60).toISOString()).toBe("2027-01-01T00:00:30.250Z");
});
