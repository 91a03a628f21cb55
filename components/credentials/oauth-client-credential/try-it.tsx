"use client";

import { useState } from "react";

import { SelectField } from "@/components/form/fields";
import { Form } from "@/components/form/form";
import { FormActions } from "@/components/form/form-actions";
import type { FormProblem } from "@/components/form/form-context";
import { PasswordField } from "@/components/form/password-field";
import { textOf } from "@/components/form/text-of";
import { SectionHeader } from "@/components/shell/page-header";
import { CodeBlock } from "@/components/ui/code-block";
import { KeyValues } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { announce } from "@/lib/client/announcements";
import { clientCredentialSnippets } from "@/lib/domain/config-file/snippets";
import { joinedScope } from "@/lib/domain/oauth/scopes";

import type { OwnPageProps } from "../kind-props";
import { type AskedToken, askForToken } from "./ask-for-token";
import { scopesOf } from "./scopes-of";

/** Asks the token service for a token with a secret that the owner pastes, and shows what is in it. */
export function TryIt({ credential, context }: OwnPageProps) {
  const scopes = scopesOf(credential);
  const [chosen, setChosen] = useState<string>();
  const pair = scopes.find((one) => joinedScope(one) === chosen) ?? scopes[0];
  const [pending, setPending] = useState(false);
  const [problem, setProblem] = useState<FormProblem | null>(null);
  const [token, setToken] = useState<AskedToken>();
  if (pair === undefined) return null;
  const ask = async (form: FormData) => {
    const secret = textOf(form, "secret").trim();
    setToken(undefined);
    if (secret === "") return setProblem(missingSecret);
    setProblem(null);
    setPending(true);
    const answer = await askForToken({ clientId: credential.id, secret, scope: joinedScope(pair) });
    setPending(false);
    if (!answer.isGiven) return setProblem({ message: answer.sentence });
    setToken(answer.token);
    announce("The token service answered with a token.");
  };
  const [curl] = clientCredentialSnippets({
    url: context.url,
    clientId: credential.id,
    secret: "",
    scopes: [pair],
  });
  return (
    <section aria-labelledby="try-it-title" className="flex flex-col gap-4">
      <SectionHeader
        id="try-it-title"
        title="Try it"
        description="This page asks for a token with the secret that you paste. It goes to the token service and nowhere else, and stays in its field until you leave."
      />
      <Form
        label="Try it"
        className="max-w-xl"
        onSubmit={(form) => void ask(form)}
        pending={pending}
        error={problem}
      >
        <SelectField
          name="scope"
          label="Scope"
          value={joinedScope(pair)}
          onChange={(event) => {
            setChosen(event.target.value);
            // A token shown belongs to the scope that it was asked for.
            setToken(undefined);
          }}
          options={scopes.map(joinedScope).map((value) => ({ value, label: value }))}
        />
        <PasswordField name="secret" label="Secret" autoComplete="off" />
        <FormActions submitLabel="Get token" pending={pending} />
      </Form>
      {token !== undefined && <Token token={token} />}
      {curl !== undefined && <CodeBlock title="The same with curl" code={curl.code} />}
    </section>
  );
}

const missingSecret = {
  message: "Something is missing.",
  fields: { secret: "Paste the secret." },
};

function Token({ token }: { token: AskedToken }) {
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <KeyValues
        items={[
          { label: "Expires", value: <RelativeTime instant={token.expiresAt} /> },
          { label: "Valid for", value: `${token.lifetimeSeconds} seconds` },
        ]}
      />
      <CodeBlock title="Header" code={token.header} />
      <CodeBlock title="Claims" code={token.claims} />
      <CodeBlock title="Access token" code={token.text} />
    </div>
  );
}
