/** Hands a text to the browser as a file to save. Nothing of it stays behind in the page. */
export function downloadText(text: string, fileName: string, type = "text/plain"): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // Some browsers begin to read only after the click has been answered.
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
