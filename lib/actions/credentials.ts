"use server";

import { issueCredential } from "@/lib/services/credentials/issue-credential";
import { rotateCredential } from "@/lib/services/credentials/rotate-credential";
import { switchCredential } from "@/lib/services/credentials/switch-credential";
import { updateCredential } from "@/lib/services/credentials/update-credential";
import { revokeCredential } from "@/lib/services/credentials/revoke-credential";

import { action } from "./action";

export const issueCredentialAction = action(issueCredential);
export const updateCredentialAction = action(updateCredential);
export const rotateCredentialAction = action(rotateCredential);
export const switchCredentialAction = action(switchCredential);
export const revokeCredentialAction = action(revokeCredential);
