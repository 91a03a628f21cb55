import { SectionHeader } from "@/components/shell/page-header";
import { KeyValues } from "@/components/ui/key-values";
import { RelativeTime } from "@/components/ui/relative-time";
import { Status } from "@/components/ui/status";
import { recoveryCodeCount } from "@/lib/domain/second-factor/recovery";
import type { UserView } from "@/lib/domain/users/present";
import type { getSecondFactor } from "@/lib/services/second-factor/get-second-factor";

import { SecondFactorButtons } from "./second-factor-buttons";

export type SecondFactorProps = {
  user: UserView;
  isOwn: boolean;
  tenancyName: string;
  secondFactor: Awaited<ReturnType<typeof getSecondFactor>>;
};

/** What signing in takes besides the password. */
export function SecondFactor({ user, isOwn, tenancyName, secondFactor }: SecondFactorProps) {
  return (
    <>
      <SectionHeader
        id="second-factor-title"
        title="Multi-factor authentication"
        description="A code from an authenticator app, asked for after the password."
        action={
          isOwn ? (
            <SecondFactorButtons
              owner={{ id: user.id, name: user.name }}
              tenancyName={tenancyName}
              isOn={secondFactor !== null}
            />
          ) : undefined
        }
      />
      {secondFactor === null ? (
        <p className="text-ink-soft">
          {isOwn
            ? "Off: whoever knows your password can sign in as you."
            : `Off. Only ${user.name} can enable it.`}
        </p>
      ) : (
        <KeyValues
          items={[
            { label: "State", value: <Status tone="good">Enabled</Status> },
            { label: "Since", value: <RelativeTime instant={secondFactor.enabledAt} /> },
            { label: "Recovery codes", value: <CodesLeft count={secondFactor.recoveryCodes} /> },
          ]}
        />
      )}
    </>
  );
}

function CodesLeft({ count }: { count: number }) {
  if (count === 0) return <Status tone="warn">None left</Status>;
  return `${count} of ${recoveryCodeCount} left`;
}
