"use server";

import { addUserToGroup } from "@/lib/services/groups/add-user-to-group";
import { removeUserFromGroup } from "@/lib/services/groups/remove-user-from-group";

import { action } from "./action";

export const addUserToGroupAction = action(addUserToGroup);
export const removeUserFromGroupAction = action(removeUserFromGroup);
