import Link from "next/link";

import { SecondFactor } from "@/components/second-factor/second-factor-facts";
import { ButtonLink } from "@/components/shell/button-link";
import { SectionHeader } from "@/components/shell/page-header";
import { InlineAlert } from "@/components/ui/inline-alert";
import { KeyValues } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { SessionsPanel } from "@/components/users/sessions-panel";
import { clientWords } from "@/lib/domain/audit/client-words";
import type { Caller } from "@/lib/domain/caller";
import { isAppError } from "@/lib/domain/errors";
import { sessionRules } from "@/lib/domain/settings/sessions";
import type { UserView } from "@/lib/domain/users/present";
import { getPasswordInformation } from "@/lib/services/passwords/get-password-information";
import { getSecondFactor } from "@/lib/services/second-factor/get-second-factor";
import { listSessions } from "@/lib/services/sessions/list-sessions";

export type SecuritySectionProps = {
  caller: Caller;
  user: UserView;
  isOwn: boolean;
  /** The password was changed just now, on the way here. */
  isPasswordChanged: boolean;
  tenancyName: string;
};

/** The console password, what is asked for besides it, and the devices that are signed in. */
export async function securitySection(props: SecuritySectionProps) {
  const { caller, user, isOwn, isPasswordChanged, tenancyName } = props;
  const rules = caller.proof.type === "session" ? caller.proof.rules : sessionRules.parse({});
  const [password, secondFactor, sessions] = await Promise.all([
    passwordOf(caller, user.id),
    user.kind === "local" ? getSecondFactor(caller, { userId: user.id }) : null,
    listSessions(caller, { userId: user.id }),
  ]);
  return (
    <>
      {isPasswordChanged && (
        <InlineAlert tone="neutral" className="mb-4">
          <output>Your password is changed. Sessions on other devices have ended.</output>
        </InlineAlert>
      )}
      <section aria-labelledby="password-title" className="mb-8">
        <SectionHeader
          id="password-title"
          title="Password"
          description="Opens the console. Keys and tokens have nothing to do with it."
          action={
            isOwn && user.kind === "local" ? (
              <ButtonLink href="/change-password">Change password</ButtonLink>
            ) : undefined
          }
        />
        <PasswordFacts password={password} user={user} isOwn={isOwn} />
        {user.invitation !== null && <InvitationFacts {...user.invitation} />}
      </section>
      {user.kind === "local" && (
        <section aria-labelledby="second-factor-title" className="mb-8">
          <SecondFactor {...{ user, isOwn, tenancyName, secondFactor }} />
        </section>
      )}
      <section aria-labelledby="sessions-title">
        <SessionsPanel
          owner={{ id: user.id, name: user.name }}
          isOwn={isOwn}
          sessions={sessions.map(({ client, ...session }) => ({
            ...session,
            device: clientWords(client),
          }))}
          rules={rules}
        />
      </section>
    </>
  );
}

type PasswordInformation = Awaited<ReturnType<typeof getPasswordInformation>>;

async function passwordOf(
  caller: Caller,
  userId: string,
): Promise<PasswordInformation | undefined> {
  try {
    return await getPasswordInformation(caller, { userId });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return undefined;
    throw error;
  }
}

type PasswordFactsProps = {
  password: PasswordInformation | undefined;
  user: UserView;
  isOwn: boolean;
};

function PasswordFacts({ password, user, isOwn }: PasswordFactsProps) {
  if (password === undefined) return <p className="text-ink-soft">{withoutPassword[user.kind]}</p>;
  return (
    <KeyValues
      items={[
        { label: "Set", value: <RelativeTime instant={password.createdAt} /> },
        { label: "Kind", value: <PasswordKind password={password} /> },
        {
          label: "If it is forgotten",
          value:
            user.email === null ? (
              "An administrator makes a new one: there is no e-mail address."
            ) : (
              <>
                {isOwn ? (
                  <Link href="/forgot-password" className="link">
                    Forgot password
                  </Link>
                ) : (
                  "“Forgot password”"
                )}{" "}
                sends a temporary one to <span className="break-all">{user.email}</span>.
              </>
            ),
        },
      ]}
    />
  );
}

function InvitationFacts({ expiresAt, isExpired }: NonNullable<UserView["invitation"]>) {
  return (
    <p className="mt-2 text-ink-soft">
      An invitation is in the mail: its link makes a one-time password.{" "}
      {isExpired ? "It expired" : "It expires"} <RelativeTime instant={expiresAt} />.
    </p>
  );
}

const withoutPassword = {
  local: "None yet. An administrator makes a one-time password with Create/Reset Password.",
  federated: "None here: this user signs in at an identity provider.",
  service: "None: a service user has keys and never signs in.",
} satisfies Record<UserView["kind"], string>;

function PasswordKind({ password }: { password: PasswordInformation }) {
  if (password.isExpired) return <Status tone="danger">One-time password, expired</Status>;
  if (password.isOneTime)
    return <Status tone="warn">One-time password, to be changed at sign-in</Status>;
  return <Status tone="good">Chosen by its owner</Status>;
}
