import { question } from "./question";

/** Tells the person that the session has ended: true when they have signed in again, false when they would rather not. */
export const sessionEnd = question<boolean>();
