"use server";

import { createPolicy } from "@/lib/services/policies/create-policy";
import { deletePolicy } from "@/lib/services/policies/delete-policy";
import { updatePolicy } from "@/lib/services/policies/update-policy";

import { action } from "./action";

export const createPolicyAction = action(createPolicy);
export const updatePolicyAction = action(updatePolicy);
export const deletePolicyAction = action(deletePolicy);
