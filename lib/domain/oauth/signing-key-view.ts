/** The public facts of a key that signs access tokens; times are ISO strings. */
export interface SigningKeyView {
  readonly id: string;
  readonly algorithm: string;
  readonly state: "signs" | "waits" | "shown";
  readonly signsFrom: string;
  readonly signsUntil: string;
  readonly publishedUntil: string;
}
