import { cache, type ReactNode } from "react";

import { PageHeader } from "@/components/shell/page-header";
import { SectionLayout } from "@/components/shell/section-layout";
import type { Section } from "@/components/shell/section-nav";
import { PublicPart } from "@/components/ui/public-part";
import { RelativeTime } from "@/components/ui/relative-time";
import { Badge } from "@/components/ui/status";
import { UserStatus } from "@/components/users/user-status";
import { kindWords } from "@/components/users/user-words";
import type { Caller } from "@/lib/domain/caller";
import { isAppError, notFound } from "@/lib/domain/errors";
import { maySee } from "@/lib/domain/policy";
import type { UserView } from "@/lib/domain/users/present";
import { userSections } from "@/lib/domain/users/sections";
import { getUsage } from "@/lib/services/limits/get-usage";
import type { KindUsage } from "@/lib/services/limits/usage";
import { getUser } from "@/lib/services/users/get-user";

import { whenAvailable } from "../../available-frame";

/** Whose section it is, and who looks at it. */
export type SectionView = {
  caller: Caller;
  user: UserView;
  isOwn: boolean;
  /** By the kinds of credentials. */
  usage: Readonly<Record<string, KindUsage>>;
  /** "/profile", or "/identity/users/<OCID>". */
  basePath: string;
};

/**
 * What a route puts under the header. Each route names its own, so that a page loads the code of its section alone.
 * Undefined for a section that there is not.
 */
export type SectionContent = (view: SectionView) => Promise<ReactNode>;

export type UserSectionPageProps = {
  caller: Caller;
  userId: string;
  /** "/profile", or "/identity/users/<OCID>". */
  basePath: string;
  content: SectionContent;
  headerActions?: ReactNode;
};

/** The user of whom a page tells: asked once for its title and its content. */
export const shownUser = cache((caller: Caller, userId: string) => getUser(caller, { userId }));

/** A user's page, whole: for the person themselves and for an administrator alike. */
export function UserSectionPage(props: UserSectionPageProps) {
  return whenAvailable(async () => {
    const { caller, userId, basePath, content } = props;
    const [user, usage] = await Promise.all([shownUser(caller, userId), usageOf(caller, userId)]);
    const isOwn = caller.userId === user.id;
    const section = await content({ caller, user, isOwn, basePath, usage });
    if (section === undefined) throw notFound();
    return (
      <>
        <UserHeader {...props} user={user} />
        <SectionLayout sections={sectionLinks({ caller, user, basePath, usage })} label="Sections">
          {section}
        </SectionLayout>
      </>
    );
  });
}

/** How much of each kind a user holds; nothing is told to whoever may see the user and not what they hold. */
export async function usageOf(caller: Caller, userId: string): Promise<SectionView["usage"]> {
  try {
    return await getUsage(caller, { ownerId: userId });
  } catch (error) {
    if (isAppError(error) && error.code === "not_found") return {};
    throw error;
  }
}

type LinksProps = Pick<SectionView, "caller" | "user" | "usage"> & { basePath: string };

/** Only what the viewer may open. */
function sectionLinks({ caller, user, basePath, usage }: LinksProps): Section[] {
  const open = userSections.filter(({ needs }) => maySee(caller, user, needs).allowed);
  return open.map(({ id, title, kindId }) => {
    const link = { label: title, href: `${basePath}/${id}` };
    const held = kindId === undefined ? undefined : usage[kindId];
    return held ? { ...link, usage: { used: held.used, limit: held.limit } } : link;
  });
}

function UserHeader({
  caller,
  user,
  basePath,
  headerActions,
}: UserSectionPageProps & { user: UserView }) {
  const isProfile = basePath === "/profile";
  return (
    <PageHeader
      title={isProfile ? "My profile" : user.name}
      state={<UserStatus user={user} />}
      publicPart={<PublicPart value={user.id} copyLabel="Copy OCID of the user" />}
      subline={[
        ...(isProfile ? [<span key="name">{user.name}</span>] : []),
        ...facts(user, caller.userId === user.id),
      ]}
      {...(!isProfile && {
        crumbs: [{ label: "Users", href: "/identity/users" }, { label: user.name }],
      })}
      actions={headerActions}
    />
  );
}

function facts(user: UserView, isOwn: boolean): ReactNode[] {
  const { description, email, kind } = user;
  return [
    ...(kind === "local" ? [] : [<Badge key="kind">{kindWords[kind]}</Badge>]),
    ...(description === ""
      ? []
      : [
          // Whole under Details.
          <span key="description" className="line-clamp-2 max-w-[80ch]">
            {description}
          </span>,
        ]),
    ...(email === null
      ? []
      : [
          <span key="email" className="break-all">
            {email}
          </span>,
        ]),
    ...(kind === "service" ? [] : [<LastSignIn key="sign-in" user={user} isOwn={isOwn} />]),
  ];
}

/** One's own last sign-in is this one: the one before it is what may surprise. */
function LastSignIn({ user, isOwn }: { user: UserView; isOwn: boolean }) {
  const instant = isOwn ? user.previousSignInAt : user.lastSignInAt;
  if (instant === null) return isOwn ? "first sign-in" : "never signed in";
  return (
    <span>
      {isOwn ? "previous" : "last"} sign-in <RelativeTime instant={instant} />
    </span>
  );
}
