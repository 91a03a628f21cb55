type Headers = readonly (readonly [string, string])[];

/** Ways that once led past a guard in front of a page, in Next or elsewhere: by header and by address (security.md G2). */
export interface Bypass {
  readonly name: string;
  readonly headers: Headers;
  readonly target: (path: string) => string;
}

const same = (path: string) => path;
const encodeFirst = (path: string) => `/%${path.charCodeAt(1).toString(16)}${path.slice(2)}`;

const headerForms: Headers = [
  ["x-middleware-subrequest", "middleware"],
  ["x-middleware-subrequest", "src/middleware"],
  ["x-middleware-subrequest", "pages/_middleware"],
  ["x-middleware-subrequest", Array(5).fill("middleware").join(":")],
  ["x-middleware-subrequest", Array(5).fill("src/middleware").join(":")],
  ["x-middleware-subrequest", Array(5).fill("proxy").join(":")],
  ["x-middleware-subrequest-id", "1"],
  ["x-middleware-prefetch", "1"],
  ["x-middleware-next", "1"],
  ["x-middleware-invoke", "1"],
  ["x-middleware-rewrite", "/identity/users"],
  ["x-middleware-override-headers", "cookie"],
  ["x-middleware-request-cookie", "latchkey.session=1"],
  ["x-invoke-path", "/identity/users"],
  ["x-invoke-status", "200"],
  ["x-invoke-output", "/identity/users"],
  ["x-invoke-query", "{}"],
  ["x-matched-path", "/identity/users"],
  ["x-now-route-matches", "1=details"],
  ["x-nextjs-data", "1"],
  ["x-next-resume", "1"],
  ["next-resume", "1"],
  ["x-forwarded-host", "localhost"],
  ["x-forwarded-proto", "https"],
  ["x-forwarded-for", "127.0.0.1"],
  ["x-forwarded-uri", "/sign-in"],
  ["x-forwarded-prefix", "/public"],
  ["forwarded", "for=127.0.0.1;host=localhost;proto=https"],
  ["x-real-ip", "127.0.0.1"],
  ["x-original-url", "/sign-in"],
  ["x-rewrite-url", "/sign-in"],
  ["x-http-method-override", "HEAD"],
  ["x-latchkey-address", "127.0.0.1"],
  ["x-latchkey-request-id", "forged"],
  ["x-prerender-revalidate", "1"],
  ["x-prerender-revalidate-if-generated", "1"],
  ["x-action-forwarded", "1"],
  ["rsc", "1"],
  ["next-router-prefetch", "1"],
  ["next-router-segment-prefetch", "/_tree"],
  ["next-router-state-tree", "%5B%22%22%2C%7B%7D%2Cnull%2C%22refetch%22%5D"],
  ["next-url", "/identity/users"],
  ["purpose", "prefetch"],
  ["authorization", "Basic YWRtaW46YWRtaW4="],
  ["authorization", "Bearer admin"],
  ["cookie", "latchkey.session=x"],
  ["cookie", "latchkey.session=eyJhbGciOiJub25lIn0.eyJzaWQiOiJ4In0."],
  ["cookie", "next-auth.session-token=eyJhbGciOiJub25lIn0.eyJzaWQiOiJ4In0."],
  ["cookie", "__prerender_bypass=1; __next_preview_data=1"],
];

const addressForms: readonly (readonly [string, (path: string) => string])[] = [
  ["trailing slash", (path) => `${path}/`],
  ["doubled slash", (path) => `/${path}`],
  ["doubled slash inside", (path) => path.replace(/(?!^)\//, "//")],
  ["suffix .rsc", (path) => `${path}.rsc`],
  ["suffix .json", (path) => `${path}.json`],
  ["suffix .txt", (path) => `${path}.txt`],
  ["segment prefetch", (path) => `${path}.segments/_tree.segment.rsc`],
  ["data route", (path) => `/_next/data/development${path}.json`],
  ["image optimiser", (path) => `/_next/image?url=${encodeURIComponent(path)}&w=640&q=75`],
  ["encoded letter", encodeFirst],
  ["upper case", (path) => path.toUpperCase()],
  ["path parameter", (path) => `${path};.css`],
  ["encoded slash", (path) => path.replace(/(?!^)\//, "%2F")],
  ["backslash", (path) => path.replace(/(?!^)\//, "\\")],
  ["null byte", (path) => `${path}%00.html`],
  ["router query", (path) => `${path}?_rsc=1`],
  ["parameter query", (path) => `${path}?nxtPsection=details&nxtPuserId=1`],
  ["locale query", (path) => `${path}?__nextLocale=en&__nextDataReq=1`],
  ["from an asset", (path) => `/_next/static/..%2f..${path}`],
];

export const bypasses: readonly Bypass[] = [
  ...headerForms.map((header) => ({ name: header.join(": "), headers: [header], target: same })),
  ...addressForms.map(([name, target]) => ({ name, headers: [], target })),
  ...addressForms.slice(0, 4).map(([name, target]) => ({
    name: `${name}, as the router`,
    headers: [
      ["rsc", "1"],
      ["x-middleware-subrequest", "middleware"],
    ] as const,
    target,
  })),
];
