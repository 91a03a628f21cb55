import { z } from "zod";

import { etagOf } from "@/lib/domain/etag";
import type { TotpDeviceView } from "@/lib/domain/second-factor/present";
import { activateTotpDevice } from "@/lib/services/second-factor/activate-totp-device";
import { createTotpDevice } from "@/lib/services/second-factor/create-totp-device";
import { deleteTotpDevice } from "@/lib/services/second-factor/delete-totp-device";
import { generateTotpSeed } from "@/lib/services/second-factor/generate-totp-seed";
import { getTotpDevice } from "@/lib/services/second-factor/get-totp-device";
import { listTotpDevices } from "@/lib/services/second-factor/list-totp-devices";

import { given, pageQuery, sortQuery } from "../lists";
import { mfaTotpDeviceModel, mfaTotpDeviceSummaryModel, mfaTotpToken } from "../models";
import { defineOperation, type Operation } from "../operation";

const tag = "MFA TOTP devices";
const all = "/users/:userId/mfaTotpDevices";
const one = `${all}/:mfaTotpDeviceId`;

type Params = (name: string) => string;
const named = (params: Params) => ({
  userId: params("userId"),
  deviceId: params("mfaTotpDeviceId"),
});

/** The only two answers with a seed in them. */
const withSeed = {
  tag,
  reply: mfaTotpDeviceModel,
  present: ({ secret, device }: { secret: string; device: TotpDeviceView }) => ({
    ...wireDevice(device),
    seed: secret,
  }),
  etag: ({ device }: { device: TotpDeviceView }) => etagOf(device.version),
} as const;

export const totpDeviceOperations: readonly Operation[] = [
  defineOperation({
    operationId: "ListMfaTotpDevices",
    method: "GET",
    path: all,
    tag,
    query: z.object({ ...pageQuery, ...sortQuery }),
    reply: { ...mfaTotpDeviceSummaryModel, isList: true },
    useCase: listTotpDevices,
    toInput: ({ params, query }) => ({
      userId: params("userId"),
      ...given(query, "limit", "page", "sortBy", "sortOrder"),
    }),
    present: ({ items }) => items.map(wireDevice),
    nextPage: ({ nextPage }) => nextPage,
  }),
  defineOperation({
    ...withSeed,
    operationId: "CreateMfaTotpDevice",
    method: "POST",
    path: all,
    isCreate: true,
    useCase: createTotpDevice,
    toInput: ({ params }) => ({ userId: params("userId") }),
  }),
  defineOperation({
    operationId: "GetMfaTotpDevice",
    method: "GET",
    path: one,
    tag,
    reply: mfaTotpDeviceSummaryModel,
    useCase: getTotpDevice,
    toInput: ({ params }) => named(params),
    present: wireDevice,
    etag: ({ version }) => etagOf(version),
  }),
  defineOperation({
    operationId: "ActivateMfaTotpDevice",
    method: "POST",
    path: `${one}/actions/activate`,
    tag,
    details: mfaTotpToken,
    reply: mfaTotpDeviceSummaryModel,
    isCreate: true,
    honoursIfMatch: true,
    useCase: activateTotpDevice,
    toInput: ({ params, details }) => ({ ...named(params), code: details.totpToken }),
    present: ({ device }) => wireDevice(device),
    etag: ({ device }) => etagOf(device.version),
  }),
  defineOperation({
    ...withSeed,
    operationId: "GenerateTotpSeed",
    method: "POST",
    path: `${one}/actions/generateSeed`,
    honoursIfMatch: true,
    useCase: generateTotpSeed,
    toInput: ({ params }) => named(params),
  }),
  defineOperation({
    operationId: "DeleteMfaTotpDevice",
    method: "DELETE",
    path: one,
    tag,
    honoursIfMatch: true,
    useCase: deleteTotpDevice,
    toInput: ({ params }) => named(params),
  }),
];

function wireDevice({ id, userId, isActivated, createdAt }: TotpDeviceView) {
  return { id, userId, isActivated, timeCreated: createdAt, lifecycleState: "ACTIVE" };
}
