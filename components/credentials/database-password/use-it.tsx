"use client";

import { databaseSnippets, exampleNames } from "@/lib/domain/config-file/snippets";
import { databaseUserNameOf } from "@/lib/domain/users/database-user-name";

import type { Owner } from "../context";
import { Snippets } from "../snippets";

/** For each client; the password is typed or put in by its owner, who alone has it. */
export function DatabaseUse({ owner }: { owner: Owner }) {
  return (
    <Snippets
      legend="Use it"
      name="databaseClient"
      snippets={databaseSnippets({
        userName: databaseUserNameOf(owner) ?? "<the database user name>",
        password: "<the password>",
      })}
      note={`Put the address and the name of your database in the place of ${exampleNames.database} and ${exampleNames.databaseName}. It takes the password once it is connected to this server.`}
    />
  );
}
