"use server";

import { decideLimitRequest } from "@/lib/services/limits/decide-limit-request";
import { requestLimit } from "@/lib/services/limits/request-limit";
import { setUserLimits } from "@/lib/services/limits/set-user-limits";

import { action } from "./action";

export const requestLimitAction = action(requestLimit);
export const decideLimitRequestAction = action(decideLimitRequest);
export const setUserLimitsAction = action(setUserLimits);
