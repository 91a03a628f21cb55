import { type Actor, may } from "../policy";
import { type Topic, topicNames, topics } from "./topics";

/** The topics that the caller may read; whoever may read none of them is not told that there are settings. */
export const readableTopics = (caller: Actor): Topic[] =>
  topicNames.filter((topic) => may(caller, topics[topic].read).allowed);
