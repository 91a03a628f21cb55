// Keep this file readable for very old versions of Node, so that they can say what is wrong.
var version = process.versions.node.split(".").map(Number);
if (version[0] < 20 || (version[0] === 20 && version[1] < 19)) {
  console.error(
    "Latchkey needs Node 20.19 or newer, and this is " +
      process.versions.node +
      ". Install it from https://nodejs.org.",
  );
  process.exit(1);
}

import("./lib/launch.mjs").then(function (launcher) {
  return launcher.launch();
});
