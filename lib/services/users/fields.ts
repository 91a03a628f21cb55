import "server-only";
import { z } from "zod";

import { definedTags, freeformTags } from "@/lib/domain/tags";
import { description } from "@/lib/domain/text";
import { emailAddress } from "@/lib/domain/users/email";
import { databaseUserName } from "@/lib/domain/users/user-name";

/** An e-mail address, or none: an empty text and null both take it away. */
export const optionalEmail = z.union([z.literal("").transform(() => null), z.null(), emailAddress]);

/** An alternate database user name, or none: an empty text and null both take it away. */
export const optionalDatabaseUserName = z.union([
  z.literal("").transform(() => null),
  z.null(),
  databaseUserName,
]);

/** What a user may have changed after creation, shared by the forms and the Identity API. */
export const changeableFields = {
  description: description.optional(),
  email: optionalEmail.optional(),
  freeformTags: freeformTags.optional(),
  definedTags: definedTags.optional(),
};
