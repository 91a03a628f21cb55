"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";

import { Checkbox } from "@/components/ui/checkbox";
import { InlineAlert } from "@/components/ui/inline-alert";
import { updateOauthSettingsAction } from "@/lib/actions/oauth";
import { announce } from "@/lib/client/announcements";
import { useHydrated } from "@/lib/client/hydrated";
import { useActionMutation } from "@/lib/client/use-action-mutation";

/** Who may enter an audience that is not in the list; saved as it is switched. */
export function EnteringSetting({ isOn }: { isOn: boolean }) {
  const router = useRouter();
  const isHydrated = useHydrated();
  const [wanted, setWanted] = useState(isOn);
  const update = useActionMutation(updateOauthSettingsAction, {
    onDone: ({ anyoneMayEnterAudience }) => {
      announce(anyoneMayEnterAudience ? "Everybody may enter any audience" : everyoneNoMore);
      router.refresh();
    },
  });
  const toggle = (anyoneMayEnterAudience: boolean) => {
    setWanted(anyoneMayEnterAudience);
    update.mutate({ anyoneMayEnterAudience });
  };
  return (
    <section aria-labelledby="unregistered-title" className="mt-6 flex max-w-[64ch] flex-col gap-2">
      <h2 id="unregistered-title" className="text-section font-medium">
        Audiences that nobody registered
      </h2>
      <p className="text-ink-soft">
        Administrators may enter any audience for a credential, and the token service then vouches
        for it. For everybody else it takes this switch.
      </p>
      {update.error !== null && <InlineAlert>{update.error.message}</InlineAlert>}
      <Checkbox
        label="Everybody may enter an audience that is not registered"
        checked={update.isPending ? wanted : isOn}
        disabled={!isHydrated || update.isPending}
        onChange={(event) => toggle(event.target.checked)}
      />
    </section>
  );
}

const everyoneNoMore = "Only administrators may enter an audience that is not registered";
