import { expect, test } from "vitest";

import { jumpKeys } from "./jump-key";

test.each([
  ["Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36", "⌘ K"],
  ["Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15", "⌘ K"],
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/120.0.0.0", "Ctrl K"],
  ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36", "Ctrl K"],
  ["", "Ctrl K"],
])("%s is told of %s", (userAgent, keys) => expect(jumpKeys(userAgent)).toBe(keys));
