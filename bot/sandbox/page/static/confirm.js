// The question asked before an element with a confirm object does what it does.

/** Ask; gives back whether the answer was yes. */
export function confirmed(element) {
  if (!element.dataset.confirm) return Promise.resolve(true);
  const { title, text, confirm, deny, style } = JSON.parse(element.dataset.confirm);
  return ask({ title, text, yes: confirm, no: deny, danger: style === "danger" });
}

export function ask({ title, text, yes = "OK", no = "Cancel", danger = false }) {
  const dialog = document.createElement("dialog");
  dialog.className = "modal small";
  dialog.setAttribute("role", "alertdialog");
  dialog.setAttribute("aria-labelledby", "confirm-title");
  dialog.setAttribute("aria-describedby", "confirm-text");
  const form = Object.assign(document.createElement("form"), { method: "dialog" });
  const heading = Object.assign(document.createElement("h2"), { id: "confirm-title", textContent: title });
  const body = Object.assign(document.createElement("p"), { id: "confirm-text", textContent: text });
  const footer = document.createElement("footer");
  const refuse = Object.assign(document.createElement("button"), { className: "button", value: "", textContent: no });
  const agree = Object.assign(document.createElement("button"), { className: `button ${danger ? "danger" : "primary"}`, value: "yes", textContent: yes });
  footer.append(refuse, agree);
  form.append(heading, body, footer);
  dialog.append(form);
  document.body.append(dialog);
  dialog.showModal();
  agree.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => { dialog.remove(); resolve(dialog.returnValue === "yes"); });
  });
}
