"use server";

import { addUserToGroup } from "@/lib/services/groups/add-user-to-group";
import { createGroup } from "@/lib/services/groups/create-group";
import { deleteGroup } from "@/lib/services/groups/delete-group";
import { removeUserFromGroup } from "@/lib/services/groups/remove-user-from-group";
import { updateGroup } from "@/lib/services/groups/update-group";

import { action } from "./action";

export const addUserToGroupAction = action(addUserToGroup);
export const removeUserFromGroupAction = action(removeUserFromGroup);
export const createGroupAction = action(createGroup);
export const updateGroupAction = action(updateGroup);
export const deleteGroupAction = action(deleteGroup);
