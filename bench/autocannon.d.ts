/** The part of autocannon that the bench uses; the package brings no types. */
declare module "autocannon" {
  interface Options {
    url: string;
    connections: number;
    duration: number;
    headers?: Record<string, string>;
    method?: string;
    body?: string;
  }
  interface Result {
    /** In seconds. */
    duration: number;
    requests: { total: number };
    latency: { p99: number };
    "2xx": number;
    non2xx: number;
    errors: number;
  }
  export default function autocannon(options: Options): Promise<Result>;
}
