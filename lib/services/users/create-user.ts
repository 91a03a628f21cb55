import "server-only";
import { z } from "zod";

import { runtime } from "@/lib/config/runtime";
import { insertUser, takeProvenEmail } from "@/lib/data/users";
import { makeOcid } from "@/lib/domain/ocid";
import { may } from "@/lib/domain/policy";
import { allCapabilities } from "@/lib/domain/users/capabilities";
import { emailKey } from "@/lib/domain/users/email";
import { presentUser } from "@/lib/domain/users/present";
import { userName, userNameKey } from "@/lib/domain/users/user-name";
import { random } from "@/lib/secrets/random";

import { sendConfirmation } from "../email-confirmations/send-confirmation";
import { mutation } from "../use-case";
import { answerableColumns, answerableFields } from "./answerable";
import { changeableFields } from "./fields";

/**
 * Creates a user: active, without password, groups or keys; a service user with a person who answers for them. An
 * address is mailed a link to confirm it, unless an invitation follows, which does the same. Throws `already_exists` for
 * a taken name or address.
 */
export const createUser = mutation({
  name: "createUser",
  input: z.strictObject({
    name: userName,
    kind: z.enum(["local", "service"]).default("local"),
    willBeInvited: z.boolean().default(false),
    ...changeableFields,
    ...answerableFields,
  }),
  stepUp: true,
  load: async () => ({}),
  authorize: (caller) => may(caller, "CreateUser"),
  run: async (tx, { caller, input }) => {
    const { tenancy } = runtime();
    const email = input.email ?? null;
    const user = await insertUser(tx, {
      id: makeOcid("user", tenancy.realm, random),
      tenancyId: tenancy.id,
      kind: input.kind,
      name: input.name,
      nameKey: userNameKey(input.name),
      description: input.description ?? "",
      email,
      emailKey: email === null ? null : emailKey(email),
      capabilities:
        input.kind === "service"
          ? { ...allCapabilities, canUseConsolePassword: false }
          : allCapabilities,
      freeformTags: input.freeformTags ?? {},
      definedTags: input.definedTags ?? {},
      createdBy: caller.userId,
      ...(await answerableColumns(tx, input.kind, {
        owner: input.owner ?? null,
        deputy: input.deputy,
      })),
    });
    if (user.email !== null) await takeProvenEmail(tx, user.id, emailKey(user.email));
    if (!input.willBeInvited) await sendConfirmation(tx, user);
    return presentUser(user);
  },
  audit: ({ input, output }) => ({
    owner: output ?? null,
    subject: output
      ? { type: "user", id: output.id, name: output.name }
      : { type: "user", id: "", name: input.name },
  }),
});
