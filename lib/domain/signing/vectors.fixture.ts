/** A request that a real client signed, as it came off the wire. */
export type SignedVector = {
  name: string;
  method: string;
  target: string;
  rawHeaders: string[];
  body: string;
};

const tenancyId = "ocid1.tenancy.oc1..aaaaaaaatenancytenancytenancytenancytenancytenancytenanc2";
const userId = "ocid1.user.oc1..aaaaaaaauserusqruserusqruserusqruserusqruserusqruserusqruseq";
const fingerprint = "a9:90:83:74:34:68:d6:e3:ef:5f:08:d9:47:6a:c6:b7";

/** The public half of a scratch key that protects nothing. */
export const vectorKey = {
  tenancyId,
  userId,
  fingerprint,
  pem: `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAomDFT4HQNu/pA+OGvjyQ
rhQPBkTxGtqNqAduRFcjEbhOJu0Lc0eOp/i4o6bDYMZVOubOizkNlXLi8N5NRXT9
BUDjscGaWw9XQg/xLqrjluXPK31yb8tX+04iIp8XESkrkF63JGm8gVH4vpDwvBh7
Lna4WIVVOgsh2e/8d1xtRFVn1IwC/NUZWEDIwWRcBpPN6icBNRt1km5Y47SibbuU
rpb3jWHLBOBg19Pej31wOz6RDgA7s7RyXELsY/LlGvMxh6AtHyYLkwBhb9WfUpJP
DLtKCP1zg5Uv4pWGCnU7Clp0S9Db2pjnkExuc0NRqXeprVjZVjJMZn4FYG9+09zH
RwIDAQAB
-----END PUBLIC KEY-----
`,
};

/** Captured from the clients with this key; headers that are not signed are left out but for a few. */
export const signedVectors: SignedVector[] = [
  {
    name: "TypeScript GET with x-date",
    method: "GET",
    target: `/20160918/users/${userId}`,
    rawHeaders: [
      "host",
      "localhost:18081",
      "Content-Type",
      "application/json",
      "x-date",
      "Sat, 21 Nov 2026 21:30:45 GMT",
      "Date",
      "Sat, 21 Nov 2026 21:30:45 GMT",
      "authorization",
      `Signature version="1",keyId="${tenancyId}/${userId}/${fingerprint}",algorithm="rsa-sha256",headers="x-date (request-target) host",signature="Z+nvFDymH0pe+qlmqlfLzx3gfucYLqG+9aLPur1yZF+LxphBUFUmZIIO7PUNKotikt0jl1u+H1PYlyW6h45cfQEOAo0XqK7yMdRiSYW83wrN4bUIXW3u6M7+96GPce8Z5Lue0VoFIwBXnxPxPyNDsVnjxGkM+1Jfx/rUgzVSE9D51VtF0i7XfZ351o+8Bo62pfFidi0yvSEz+K9vxUop//vlSQSVzS5Dx6+p9XKMU8lX4319Rxr+dHJVy1zDdK0zS6sdiyegPT396fBMHQt3noKn9yy67e1A/YLb4HOv4ngf22ybhMY3kwkVzR9TAMvbonH0ysXYxR7L9Au4FKG8jQ=="`,
    ],
    body: "",
  },
  {
    name: "TypeScript POST with mixed-case names",
    method: "POST",
    target: `/20160918/users/${userId}/authTokens`,
    rawHeaders: [
      "host",
      "localhost:18081",
      "Content-Type",
      "application/json",
      "opc-retry-token",
      "cfed5580-e5f2-11f1-8d4f-e75cb694205a",
      "x-date",
      "Sat, 21 Nov 2026 21:30:45 GMT",
      "x-content-sha256",
      "6yh0FM2QRxROb/KRimxl3PnCEhEEnKn0QsC9k2c1iXg=",
      "Date",
      "Sat, 21 Nov 2026 21:30:45 GMT",
      "authorization",
      `Signature version="1",keyId="${tenancyId}/${userId}/${fingerprint}",algorithm="rsa-sha256",headers="x-date (request-target) host Content-Type Content-Length x-content-sha256",signature="DL7ceJjuVZ/KqEwzkLD9CHOmhSOl72mSpy/1GMhIcR5RGEGWnvu7KivlvUNiA8k4gmcMLPPgG6gomSsytwOBUEiJIe+rTp/WG3mZ2YV0AB3vo3ex3Mjntqz38nyFH+2AWGR6H/x97fd4pg/LpYW6C5+qMyhnGvct5Jbw1YoIAJQVpYL1pcQ2NAa83k0H8cSvdw7xOz1+vdtqZGFH1WqyPfqRs0IxgjTYKTdBb9lPQ9mKYlKJYgofc4pAD7fLOy5rhH0C+16o9hySTFgJv1yptFM+2CeEf2LgOZnvWTtVoZVrwH42Y4NSM2srBxTYa1r9RbYSISg0KwUby5pT0qWYXQ=="`,
      "content-length",
      "32",
    ],
    body: '{"description":"smoke 8bdf2605"}',
  },
  {
    name: "TypeScript DELETE with %3A",
    method: "DELETE",
    target: `/20160918/users/${userId}/apiKeys/09%3A57%3Adf%3A2c%3A9a%3Acd%3A37%3A05%3Aa4%3Acc%3A31%3A58%3Ace%3Ab2%3A52%3Ad3`,
    rawHeaders: [
      "host",
      "localhost:18081",
      "Content-Type",
      "application/json",
      "x-date",
      "Sat, 21 Nov 2026 21:30:45 GMT",
      "Date",
      "Sat, 21 Nov 2026 21:30:45 GMT",
      "authorization",
      `Signature version="1",keyId="${tenancyId}/${userId}/${fingerprint}",algorithm="rsa-sha256",headers="x-date (request-target) host",signature="j5yw9QYsaq0h0MenbwnNQ00DrZ/izvWtjGyv15hQy/17PR87n7mQszBOINjK+OWgE+99ak8qBfnOxdmjBlVs6ixfYbmx8xW7/HuQnrmXb3jRWRHzv/+BbXllxJl3M/i/w/y/ZAR0A9CF6yi3c+6Fjey6LJP4JTumMiV0Xku7TRY9EN1afSoirvznsIxo2Rj4Np5M9h4JVA4lSazFQfQVD1MYxl1llQ5+48IVvMCgsnvtZn8fLrqmNWXnGK9Vv4qpyzEXILvTeotdrjKFt0iP9CEoU77AvUPINJJVKuDCTdQu3ssvCulG/sqATedGe3BoZ4kZe6QyiYoQf+0hSglZpw=="`,
    ],
    body: "",
  },
  {
    name: "Python POST without a body",
    method: "POST",
    target: `/20160918/users/${userId}/uiPassword`,
    rawHeaders: [
      "content-type",
      "application/json",
      "opc-retry-token",
      "MhJb6SnjBLUmr6SQDk0kE7SacLemFu",
      "content-length",
      "0",
      "date",
      "Sat, 21 Nov 2026 21:33:14 GMT",
      "host",
      "localhost:18080",
      "x-content-sha256",
      "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
      "authorization",
      `Signature algorithm="rsa-sha256",headers="date (request-target) host content-length content-type x-content-sha256",keyId="${tenancyId}/${userId}/${fingerprint}",signature="A0fsXAh3uagyyXXYAhc7XesTufgMT0688mw6/YmlEd1scm//TvEdsjAlaBjIh15tZByNuD4dv6RwSLRh8pc5/mH6/uWzEOU4JCo6X1sJh2Be3k6YVwhBbaMN22pR3APcEfEAR7405nB31pBpwTFDxu2RGrVrYrLSMhyqOXcJOXsq1AtlPzdvp95l2fDQbd+5Q5OII0ox3KhZEEVful2C6A75ZaeRJhBVghqRxCf8We01hnyclOTxZy7Mt6LXgARakqHLSQQ2ODhXU/eFHkJeZd8yAsCcBn8FVUGrGk8oNX54+mah/uSi5Vv3mUfCigMyG1qHZFifqQkx0nN1L4QQYQ==",version="1"`,
    ],
    body: "",
  },
  {
    name: "Go GET with + and %2B",
    method: "GET",
    target: `/20160918/users?compartmentId=${tenancyId}&limit=5&name=a+b%2Bc%40x`,
    rawHeaders: [
      "Host",
      "localhost:18080",
      "Authorization",
      `Signature version="1",headers="date (request-target) host",keyId="${tenancyId}/${userId}/${fingerprint}",algorithm="rsa-sha256",signature="BbGt5ulBuS2jOU3o4n0GXH2eYQS9UGLqs5qmPiVX26EfE9cSPv79ICotsR/1UdvvkHuXGOMZkzPZoOMUIBLBI2E5Fuq6sxNtTtdHDOZS+jOePyAUeA/esZndC82tv3w46leEQXg+tB/8fQm/z15REMZXBlA/hYJC/UysP+0jlos0dkZjAaC3SPtxKaZHNC/oWvbdQN3h80IjzMjn8vaody8SceVhIRaSw0wyr6AiK4itaf+G7l47YxOTD9eJa+gRcl6bgb7KRqYC3JVCF/ZChuQq+10NDtaMLlqlzLYjU5lxyt+YqakRdXWgbtFIUKtAJmopaIzTsdDBXnKSmBteFA=="`,
      "Content-Type",
      "application/json",
      "Date",
      "Sat, 21 Nov 2026 21:24:30 GMT",
    ],
    body: "",
  },
];
