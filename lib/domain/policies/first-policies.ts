/** What a tenancy begins with. The first can be neither changed nor deleted, as in OCI (console-facts.md 7.4). */
export const firstPolicies = [
  {
    name: "Tenant Admin Policy",
    description: "Administrators may do everything. This policy stays as it is.",
    statements: ["Allow group Administrators to manage all-resources in tenancy"],
    isProtected: true,
  },
  {
    name: "Use of services",
    description:
      "Lets every user's credentials open the connected services. Delete it, or replace it by policies for groups, to decide who may use which.",
    statements: [
      "Allow any-user to use object-family in tenancy",
      "Allow any-user to use repos in tenancy",
      "Allow any-user to use email-family in tenancy",
      "Allow any-user to use database-family in tenancy",
    ],
    isProtected: false,
  },
] as const;
