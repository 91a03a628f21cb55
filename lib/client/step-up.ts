import { question } from "./question";

/** Asks the person for a fresh proof of identity: false when they would rather not. */
export const proof = question<boolean>();
