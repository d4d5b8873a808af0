// Uploading files: into a channel, or into a modal's file input, which holds their ids.
import { act } from "./net.js";
import { chosenOf, drawChips, labelsOf } from "./chips.js";
import { notice, report } from "./errors.js";

const LARGEST = 40 * 1024 * 1024; // bytes; the workspace takes requests of 64 MB, and base64 adds a third

const underway = new WeakMap(); // by file input: settled as soon as its uploads are

/** A file's bytes in base64. */
function encoded(file) {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.addEventListener("load", () => resolve(reader.result.split(",")[1] ?? "")); // of "data:…;base64,…"
    reader.addEventListener("error", () => reject(reader.error));
    reader.readAsDataURL(file);
  });
}

/** Upload a file, and share it if there is a channel; returns the answer, or the error. */
export async function upload(file, fields = {}) {
  if (file.size > LARGEST) return { ok: false, error: `too_large: ${file.name} has more than 40 MB` };
  try {
    return await act("upload", { filename: file.name, content_base64: await encoded(file), ...fields });
  } catch (error) {
    return { ok: false, error: `unreadable: ${file.name} could not be read (${error.message})` };
  }
}

/** Resolves when all files chosen in this input are uploaded. */
export const uploaded = (host) => underway.get(host) ?? Promise.resolve();

async function add(host, files) {
  const most = Number(host.dataset.max);
  const progress = host.querySelector("[data-uploading]");
  notice(host, "");
  for (const file of files) {
    const kept = most === 1 ? [] : chosenOf(host); // where only one may be, the new one takes its place
    if (kept.length >= most) { notice(host, `No more than ${most} files: ${file.name} was left out.`); break; }
    progress.textContent = `Uploading ${file.name}…`;
    const result = await upload(file);
    if (!report(host, result)) break;
    host.dataset.labels = JSON.stringify({ ...labelsOf(host), [result.file.id]: result.file.name });
    choose(host, [...kept, result.file.id]);
  }
  progress.textContent = "";
}

function choose(host, ids) {
  host.dataset.chosen = JSON.stringify(ids);
  host.dataset.dirty = "";
  drawChips(host);
  host.dispatchEvent(new CustomEvent("chosen", { bubbles: true }));
}

const hostOf = (event) => event.target.closest?.("[data-input=files]");

function take(host, list) {
  const files = [...list]; // the browser empties the list itself
  underway.set(host, uploaded(host).then(() => add(host, files)));
}

document.addEventListener("change", (event) => {
  const host = hostOf(event);
  if (!host || event.target.type !== "file") return;
  take(host, event.target.files);
  event.target.value = ""; // so that the same file can be chosen again
});
document.addEventListener("click", (event) => {
  const remove = event.target.closest?.("[data-input=files] [data-unchoose]");
  if (!remove) return;
  const host = hostOf(event);
  host.querySelector("input").focus();
  choose(host, chosenOf(host).filter((id) => id !== remove.dataset.unchoose));
});
for (const name of ["dragover", "dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const host = hostOf(event);
    if (!host) return;
    event.preventDefault();
    host.classList.toggle("over", name === "dragover");
    if (name === "drop") take(host, event.dataTransfer.files);
  });
}
