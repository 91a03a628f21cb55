import { z } from "zod";

import { databaseUserNameOf } from "../../users/database-user-name";
import { description } from "../../text";
import { defineCredentialKind, type FitTools, type OwnerNames } from "../kind";
import { databasePasswordProblems, tooLong, tooManyBytes } from "./rules";
import { databasePasswordWire } from "./wire";

/** Normalising is work: what is this long is not short enough afterwards either. */
const passwordText = z.string().max(tooManyBytes * 4, tooLong);

export const databasePassword = defineCredentialKind({
  id: "database_password",
  description: {
    section: "database-passwords",
    title: "Database passwords",
    noun: { one: "database password", many: "database passwords" },
    purpose:
      "Sign in to databases that ask this server. With two at a time, an application changes to the new one before the old one goes.",
    issueLabel: "Create Database Password",
    issueTitle: "Create Database Password",
    confirmLabel: "Create Database Password",
    fields: [
      {
        name: "description",
        label: "Description",
        hint: "The database or the application, for example “sales reports”.",
        maxLength: 400,
        required: true,
      },
    ],
    editable: ["description"],
    columns: [
      { source: "description", header: "Description", format: "text" },
      { source: "id", header: "OCID", format: "public-part" },
      { source: "createdAt", header: "Created", format: "time" },
      { source: "lastUsed", header: "Last used", format: "last-used" },
      { source: "expiresAt", header: "Expires", format: "expiry" },
    ],
    deleteConsequence: "Databases refuse it from the next sign-in on.",
  },
  capability: "canUseDbCredentials",
  maxPerUser: 2,
  keptBehindSecondFactor: true,
  secret: "chosen",
  publicIdScope: "global",
  input: z.strictObject({ description, password: passwordText }),
  details: z.strictObject({ description }),
  patch: z.strictObject({ description: description.optional() }),
  edit: (details, patch) => ({ description: patch.description ?? details.description }),
  label: (details) => details.description,
  problemsWith: ({ password }, owner, tools) => {
    const sentence = passwordProblem(password, owner, tools);
    return sentence === undefined ? {} : { password: sentence };
  },
  mint: ({ description: text, password }) => ({ details: { description: text }, secret: password }),
  wires: [databasePasswordWire],
});

function passwordProblem(
  password: string,
  owner: OwnerNames,
  { passwordPolicy, isEasyToGuess }: FitTools,
): string | undefined {
  const problems = databasePasswordProblems(passwordPolicy, password, owner);
  if (problems.length > 0) return problems.join(" ");
  if (isEasyToGuess(password, [owner.name, owner.dbUserName ?? ""].filter(Boolean)))
    return "This password is easy to guess: it is common, or made of the user name. Choose another one.";
  if (databaseUserNameOf(owner) === undefined)
    return "The user name is too long for a database. Create a database user name first.";
  return undefined;
}
