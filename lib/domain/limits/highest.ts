/** A list of credentials is read whole, and people have to keep an overview. */
export const limitBounds = { min: 1, max: 50 } as const;

/** Whether nobody could give more: then it is no use to ask. */
export const isHighestLimit = (limit: number) => limit >= limitBounds.max;

/** Said where a higher limit would be asked for, and there is none. */
export function highestLimitSentence(noun: { readonly many: string }): string {
  return `Nobody may have more than ${limitBounds.max} ${noun.many}: delete one to make another.`;
}
