import fc from "fast-check";

/** Stands for a secret in whatever a test sends: an answer that refuses must not repeat it. */
export const canary = "lkat_CANARYcanaryCANARYcanaryCANARYcanary7";

/** How many hostile inputs a test tries; more before a release (security.md G9). */
export const runsOf = (usual: number, full: number): number =>
  process.env["LATCHKEY_FULL"] === undefined ? usual : full;

/** Text that parsers, databases and renderers stumble over. */
const awkward = [
  canary,
  "",
  " ",
  "\u0000",
  "a\u0000b",
  "\r\nX-Injected: yes",
  "\ud800",
  "\udfff\ud800",
  "\u202egnp.exe",
  "\ufeff",
  "İıſK",
  "x".repeat(300),
  "é".repeat(2_000),
  "👩‍👩‍👧‍👦".repeat(50),
  "' or 1=1 --",
  "${7*7}{{7*7}}<%= 7*7 %>",
  "<script>alert(1)</script>",
  "../../../etc/passwd",
  "__proto__",
  "constructor",
  "toString",
  "NaN",
  "-0",
  "1e999",
  "2026-02-30T25:61:61Z",
  "+275760-09-13T00:00:00.001Z",
  "ocid1.user.local..aaaaaaaa",
];

export const hostileText = fc.oneof(
  fc.constantFrom(...awkward),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);

const hostileNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324, 1.5),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);

/** A JSON value of any kind, seldom the one that is expected. */
export const hostileJson: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  leaf: fc.oneof(
    { weight: 4, arbitrary: hostileText },
    { weight: 2, arbitrary: hostileNumber },
    fc.constantFrom(null, true, false),
  ),
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 5, arbitrary: tie("leaf") },
    fc.array(tie("value"), { maxLength: 5 }),
    fc.dictionary(hostileText, tie("value"), { maxKeys: 4 }),
    fc.nat({ max: 60 }).map((depth) => nested(depth)),
  ),
})).value;

function nested(depth: number): unknown {
  let value: unknown = canary;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** A text cut, doubled or with something put into it: nearly what was meant. */
export function mangled(text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(text, fc.nat(), fc.constantFrom("", "\u0000", '"', "{", "]", ",", "\\", "%", "&", "="))
    .map(([whole, at, put]) => {
      const place = whole.length === 0 ? 0 : at % whole.length;
      return at % 3 === 0
        ? whole.slice(0, place)
        : whole.slice(0, place) + put + whole.slice(at % 3 === 1 ? place : place + 1);
    });
}
