import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { stepOf } from "@/lib/domain/second-factor/totp";
import { totpCode } from "@/lib/secrets/totp";

import { problem, sdkClient, type Stage, startSdkStage } from "../stage.fixture";

/** The second factor by the unmodified SDK. */
let stage: Stage;
let admin: ReturnType<typeof sdkClient>;

beforeAll(async () => {
  stage = await startSdkStage();
  admin = sdkClient(stage, stage.administrator);
});
afterAll(() => stage.stop());

describe("MFA TOTP devices", () => {
  it("are made, activated by a code from the seed and deleted; only their owner enables", async () => {
    const owner = await stage.person("mfa.person");
    const { userId } = owner;
    const theirs = sdkClient(stage, owner);
    const hidden = problem(404, "NotAuthorizedOrNotFound");
    await expect(admin.createMfaTotpDevice({ userId })).rejects.toEqual(hidden);

    const made = await theirs.createMfaTotpDevice({ userId });
    const first = made.mfaTotpDevice;
    expect(first).toMatchObject({ userId, isActivated: false, lifecycleState: "ACTIVE" });
    expect(first.id).toMatch(/^ocid1\.mfatotpdevice\./);
    expect(first.seed).toMatch(/^[A-Z2-7]{32}$/);
    await expect(theirs.createMfaTotpDevice({ userId })).rejects.toEqual(problem(409, "Conflict"));

    const device = { userId, mfaTotpDeviceId: first.id };
    const again = await theirs.generateTotpSeed({ ...device, ifMatch: made.etag });
    const { seed } = again.mfaTotpDevice;
    expect(seed).not.toBe(first.seed);
    await expect(theirs.generateTotpSeed({ ...device, ifMatch: made.etag })).rejects.toEqual(
      problem(412, "NoEtagMatch"),
    );
    const activate = (by: typeof theirs, totpToken: string) =>
      by.activateMfaTotpDevice({ ...device, mfaTotpToken: { totpToken } });
    const code = () => totpCode(seed, stepOf(new Date()));
    await expect(activate(theirs, "x")).rejects.toEqual(problem(400, "InvalidParameter"));
    await expect(activate(admin, code())).rejects.toEqual(hidden);
    expect((await admin.getUser({ userId })).user.isMfaActivated).toBe(false);
    const active = await activate(theirs, code());
    expect(active.mfaTotpDeviceSummary).toMatchObject({ id: first.id, isActivated: true });
    expect(active.mfaTotpDeviceSummary).not.toHaveProperty("seed");
    await expect(theirs.generateTotpSeed(device)).rejects.toEqual(problem(409, "Conflict"));

    const read = await admin.getMfaTotpDevice(device);
    expect(read).toMatchObject({
      etag: active.etag,
      mfaTotpDeviceSummary: active.mfaTotpDeviceSummary,
    });
    const { items } = await theirs.listMfaTotpDevices({ userId });
    expect(items).toEqual([active.mfaTotpDeviceSummary]);
    expect((await theirs.getUser({ userId })).user.isMfaActivated).toBe(true);

    await admin.deleteMfaTotpDevice(device);
    expect((await theirs.listMfaTotpDevices({ userId })).items).toEqual([]);
    expect((await theirs.getUser({ userId })).user.isMfaActivated).toBe(false);
    await expect(theirs.getMfaTotpDevice(device)).rejects.toEqual(hidden);
  });
});
