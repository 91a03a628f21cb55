/**
 * Repeats a click on a button until React takes it. Before React listens nobody does; afterwards it stops, at the document, a
 * click on what it has not hydrated and cannot yet, and forgets it. So what does not come past the document is repeated, on
 * the same button, for as long as that stands. Links and forms need none of it: they work without React.
 */
export const earlyClicksScript = `(() => {
  const waiting = new Map();
  let passed;
  const isReactListening = () =>
    Object.keys(document).some((key) => key.startsWith("_reactListening"));
  const repeat = () => {
    for (const [button, dimming] of waiting) {
      waiting.delete(button);
      dimming.cancel();
      if (button.isConnected) button.click();
    }
  };
  addEventListener("click", (click) => {
    const button = click.target instanceof Element && click.target.closest("button");
    if (!button || button.type !== "button") return;
    const isHeard = isReactListening();
    setTimeout(() => {
      if ((isHeard && passed === click) || waiting.has(button)) return;
      if (waiting.size === 0) setTimeout(repeat, 100);
      waiting.set(button, button.animate({ opacity: 0.6 }, { duration: 1, fill: "forwards" }));
    });
  }, true);
  document.documentElement.addEventListener("click", (click) => { passed = click; }, true);
})()`;
