"use server";

import { proveIdentity } from "@/lib/services/passwords/prove-identity";

import { renewingAction } from "./action";

export const proveIdentityAction = renewingAction(proveIdentity);
