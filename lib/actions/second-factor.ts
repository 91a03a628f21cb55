"use server";

import { activateTotpDevice } from "@/lib/services/second-factor/activate-totp-device";
import { beginEnrolment } from "@/lib/services/second-factor/begin-enrolment";
import { disableSecondFactor } from "@/lib/services/second-factor/disable-second-factor";
import { renewRecoveryCodes } from "@/lib/services/second-factor/renew-recovery-codes";

import { action } from "./action";

export const beginEnrolmentAction = action(beginEnrolment);
export const activateTotpDeviceAction = action(activateTotpDevice);
export const renewRecoveryCodesAction = action(renewRecoveryCodes);
export const disableSecondFactorAction = action(disableSecondFactor);
