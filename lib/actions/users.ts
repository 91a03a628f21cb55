"use server";

import { resendConfirmation } from "@/lib/services/email-confirmations/resend-confirmation";
import { sendInvitation } from "@/lib/services/invitations/send-invitation";
import { activateUser } from "@/lib/services/users/activate-user";
import { createUser } from "@/lib/services/users/create-user";
import { updateUser } from "@/lib/services/users/update-user";
import { deleteUser } from "@/lib/services/users/delete-user";
import { suspendUser } from "@/lib/services/users/suspend-user";
import { unblockUser } from "@/lib/services/users/unblock-user";
import { updateCapabilities } from "@/lib/services/users/update-capabilities";
import { createOrResetPassword } from "@/lib/services/passwords/create-or-reset-password";

import { action } from "./action";

export const createUserAction = action(createUser);
export const updateUserAction = action(updateUser);
export const deleteUserAction = action(deleteUser);
export const suspendUserAction = action(suspendUser);
export const activateUserAction = action(activateUser);
export const unblockUserAction = action(unblockUser);
export const updateCapabilitiesAction = action(updateCapabilities);
export const resendConfirmationAction = action(resendConfirmation);
export const sendInvitationAction = action(sendInvitation);
export const createOrResetPasswordAction = action(createOrResetPassword);
