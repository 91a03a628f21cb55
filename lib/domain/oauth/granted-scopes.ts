/** A registered resource with those of its scopes that somebody was granted. */
export interface GrantedResource {
  readonly name: string;
  readonly audience: string;
  readonly scopes: readonly string[];
}

/** What can be chosen for a credential of one owner, and whether whoever asks may also enter any other audience. */
export interface GrantedScopes {
  readonly resources: readonly GrantedResource[];
  readonly mayEnterAnyAudience: boolean;
}
