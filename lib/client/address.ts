/** A path with its parameters, and without a question mark where there are none. */
export function withParameters(path: string, parameters: URLSearchParams): string {
  return parameters.size === 0 ? path : `${path}?${parameters}`;
}
