"use server";

import { endSession } from "@/lib/services/sessions/end-session";
import { endOtherSessions } from "@/lib/services/sessions/end-other-sessions";

import { action } from "./action";

export const endSessionAction = action(endSession);
export const endOtherSessionsAction = action(endOtherSessions);
