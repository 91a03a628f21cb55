/** Key and name of the regions that clients know without a warning (Oracle: "Regions and Availability Domains"). */
const regions: Readonly<Record<string, string>> = {
  "us-ashburn-1": "IAD",
  "us-phoenix-1": "PHX",
  "us-chicago-1": "ORD",
  "us-sanjose-1": "SJC",
  "ca-toronto-1": "YYZ",
  "ca-montreal-1": "YUL",
  "sa-saopaulo-1": "GRU",
  "sa-vinhedo-1": "VCP",
  "uk-london-1": "LHR",
  "uk-cardiff-1": "CWL",
  "eu-frankfurt-1": "FRA",
  "eu-amsterdam-1": "AMS",
  "eu-zurich-1": "ZRH",
  "eu-madrid-1": "MAD",
  "eu-marseille-1": "MRS",
  "eu-milan-1": "LIN",
  "eu-paris-1": "CDG",
  "eu-stockholm-1": "ARN",
  "ap-tokyo-1": "NRT",
  "ap-osaka-1": "KIX",
  "ap-seoul-1": "ICN",
  "ap-mumbai-1": "BOM",
  "ap-hyderabad-1": "HYD",
  "ap-singapore-1": "SIN",
  "ap-sydney-1": "SYD",
  "ap-melbourne-1": "MEL",
  "me-dubai-1": "DXB",
  "me-jeddah-1": "JED",
  "af-johannesburg-1": "JNB",
  "il-jerusalem-1": "MTZ",
};

export interface Region {
  readonly key: string;
  readonly name: string;
}

/** The region under its short key; one that Oracle does not know gets the first three letters of its place. */
export function regionNamed(name: string): Region {
  return { key: regions[name] ?? (name.split("-")[1] ?? name).slice(0, 3).toUpperCase(), name };
}
