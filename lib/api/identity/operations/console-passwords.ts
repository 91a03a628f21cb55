import { etagOf } from "@/lib/domain/etag";
import { createOrResetPassword } from "@/lib/services/passwords/create-or-reset-password";
import { getPasswordInformation } from "@/lib/services/passwords/get-password-information";

import { uiPasswordInformationModel, uiPasswordModel } from "../models";
import { defineOperation, type Operation } from "../operation";

const tag = "Console passwords";
const path = "/users/:userId/uiPassword";

/** A password has no version; each is another one, told by the moment it was set. */
const etag = ({ createdAt }: { createdAt: string }) => etagOf(Date.parse(createdAt));

export const consolePasswordOperations: readonly Operation[] = [
  defineOperation({
    operationId: "CreateOrResetUIPassword",
    method: "POST",
    path,
    tag,
    reply: uiPasswordModel,
    isCreate: true,
    useCase: createOrResetPassword,
    toInput: ({ params }) => ({ userId: params("userId") }),
    present: ({ secret, userId, createdAt }) => ({
      password: secret,
      userId,
      timeCreated: createdAt,
      lifecycleState: "ACTIVE",
    }),
    etag,
  }),
  defineOperation({
    operationId: "GetUserUIPasswordInformation",
    method: "GET",
    path,
    tag,
    reply: uiPasswordInformationModel,
    useCase: getPasswordInformation,
    toInput: ({ params }) => ({ userId: params("userId") }),
    present: ({ userId, createdAt, isExpired }) => ({
      userId,
      timeCreated: createdAt,
      lifecycleState: isExpired ? "INACTIVE" : "ACTIVE",
    }),
    etag,
  }),
];
