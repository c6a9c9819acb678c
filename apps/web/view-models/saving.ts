/** How long an address of a file stands: the browser reads it after the click has returned. */
const addressMs = 60_000;

/** Gives a file to the browser to save. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), addressMs);
}
