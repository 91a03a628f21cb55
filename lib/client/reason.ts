import { question } from "./question";

/** Asks why something is done to another person's credentials: undefined when they would rather not say. */
export const reason = question<string | undefined>();
