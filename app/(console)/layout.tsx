import {
  ClipboardCheck,
  Gauge,
  History,
  KeyRound,
  LayoutDashboard,
  ScrollText,
  Settings2,
  Users,
  UsersRound,
  Waypoints,
} from "lucide-react";
import { cookies } from "next/headers";
import type { ReactNode } from "react";

import { AppShell } from "@/components/shell/app-shell";
import { BareFrame } from "@/components/shell/bare-frame";
import type { Command } from "@/components/shell/command";
import { jumpKeys } from "@/components/shell/jump-key";
import type { NavGroup } from "@/components/shell/nav-links";
import { Providers } from "@/components/shell/providers";
import { parseTheme, themeCookie } from "@/components/shell/theme";
import { currentCaller, currentOrigin } from "@/lib/auth/current-caller";
import { runtime } from "@/lib/config/runtime";
import { type Caller, isSettled } from "@/lib/domain/caller";
import { may } from "@/lib/domain/policy";
import { countWords } from "@/lib/domain/reports/counted";
import { attentions, verdictWords } from "@/lib/domain/reports/credential-report";
import { readableTopics } from "@/lib/domain/settings/readable";
import { userSections } from "@/lib/domain/users/sections";
import { countLimitRequests } from "@/lib/services/limits/list-limit-requests";

import { whenAvailable } from "../available-frame";

/** The shell of whoever is signed in. Pages ask for the caller themselves and lead away whoever may not be here. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const theme = parseTheme((await cookies()).get(themeCookie)?.value);
  return whenAvailable(
    async () => {
      const caller = await currentCaller();
      if (!caller) return children;
      const { name, region } = runtime().tenancy;
      return (
        <Providers
          userName={caller.name}
          hasSecondFactor={caller.proof.type === "session" && caller.proof.hasSecondFactor}
        >
          <AppShell
            tenancyName={name}
            region={region}
            homeHref="/profile/details"
            navigation={navigationFor(caller, await waitingFor(caller))}
            commands={commands(caller)}
            jumpKeys={jumpKeys((await currentOrigin()).client)}
            account={{
              userName: caller.name,
              profileHref: "/profile/details",
              changePasswordHref: "/change-password",
              signOutHref: "/sign-out",
            }}
            theme={theme}
          >
            {children}
          </AppShell>
        </Providers>
      );
    },
    (block) => <BareFrame>{block}</BareFrame>,
  );
}

/** Requests for higher limits, for those who may decide them. */
async function waitingFor(caller: Caller): Promise<number> {
  const mayCount = isSettled(caller) && may(caller, "ListLimitRequests").allowed;
  return mayCount ? countLimitRequests(caller, {}) : 0;
}

function navigationFor(caller: Caller, waiting: number): NavGroup[] {
  const own: NavGroup = {
    items: [{ label: "My profile", href: "/profile/details", icon: <KeyRound /> }],
  };
  const places = [
    {
      needs: "ReadCredentialReport",
      label: "Overview",
      href: "/identity/overview",
      icon: <LayoutDashboard />,
    },
    { needs: "ListUsers", label: "Users", href: "/identity/users", icon: <Users /> },
    { needs: "ListGroups", label: "Groups", href: "/identity/groups", icon: <UsersRound /> },
    { needs: "ListPolicies", label: "Policies", href: "/identity/policies", icon: <ScrollText /> },
    {
      needs: "ReadOAuthResources",
      label: "OAuth resources",
      href: "/identity/oauth-resources",
      icon: <Waypoints />,
    },
    {
      needs: "ListLimitRequests",
      label: "Limit requests",
      href: "/identity/limit-requests",
      icon: <Gauge />,
      waiting: waiting === 0 ? undefined : countWords(waiting),
    },
    {
      needs: "ReadCredentialReport",
      label: "Credential report",
      href: "/identity/credential-report",
      icon: <ClipboardCheck />,
    },
  ] as const;
  const settings = { label: "Settings", href: "/identity/settings", icon: <Settings2 /> };
  const audit = { label: "Audit", href: "/identity/audit", icon: <History /> };
  const items = [
    ...places.filter(({ needs }) => may(caller, needs).allowed),
    ...(readableTopics(caller).length > 0 ? [settings] : []),
    ...(may(caller, "ReadAuditEvents").allowed ? [audit] : []),
  ];
  return items.length > 0 ? [own, { label: "Identity & Security", items }] : [own];
}

function commands(caller: Caller): Command[] {
  const sections = userSections.map(({ id, title }) => ({
    id: `/profile/${id}`,
    label: title,
    group: "My profile",
    href: `/profile/${id}`,
  }));
  const changePassword = {
    id: "/change-password",
    label: "Change password",
    group: "You",
    href: "/change-password",
  };
  const mayReadReport = may(caller, "ReadCredentialReport").allowed;
  return [...sections, changePassword, ...(mayReadReport ? needy : [])];
}

/** What deserves an administrator's attention, each with its list. */
const needy: readonly Command[] = [
  { label: "Blocked users", href: "/identity/users?state=blocked" },
  { label: "Users without a second factor", href: "/identity/users?factor=none" },
  ...attentions.map((attention) => ({
    label: `Credentials: ${verdictWords[attention].toLowerCase()}`,
    href: `/identity/credential-report?show=${attention}`,
  })),
].map((place) => ({ ...place, id: place.href, group: "Needs attention" }));
