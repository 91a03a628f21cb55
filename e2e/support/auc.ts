/** The chance that a value of one sample is above one of the other: 0.5 where nothing tells them apart (Mann-Whitney). */
export function auc(ones: readonly number[], others: readonly number[]): number {
  const sorted = [
    ...ones.map((value) => ({ value, isOne: true })),
    ...others.map((value) => ({ value, isOne: false })),
  ].toSorted((left, right) => left.value - right.value);
  let rankSum = 0;
  for (let at = 0; at < sorted.length;) {
    let end = at;
    while (end < sorted.length && sorted[end]?.value === sorted[at]?.value) end += 1;
    // Equal values share the mean of their ranks.
    const rank = (at + 1 + end) / 2;
    rankSum += rank * sorted.slice(at, end).filter(({ isOne }) => isOne).length;
    at = end;
  }
  return (rankSum - (ones.length * (ones.length + 1)) / 2) / (ones.length * others.length);
}

/** Standard deviation of that chance when both samples are of one kind. */
export function aucNoise(ones: number, others: number): number {
  return Math.sqrt((ones + others + 1) / (12 * ones * others));
}
