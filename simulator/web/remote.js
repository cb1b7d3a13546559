// The remote control: its buttons, and the keys of the keyboard that stand for them.

import { word } from "/words.js";

const keyboard = {
  ArrowUp: "UP", ArrowDown: "DOWN", ArrowLeft: "LEFT", ArrowRight: "RIGHT", Enter: "OK",
  Backspace: "BACK", Escape: "BACK", h: "HOME", m: "MENU", i: "INFO",
  F1: "RED", F2: "GREEN", F3: "YELLOW", F4: "BLUE", r: "RED", g: "GREEN", y: "YELLOW", b: "BLUE",
  PageUp: "PAGE_UP", PageDown: "PAGE_DOWN", "+": "CHANNEL_UP", "-": "CHANNEL_DOWN",
};
for (let digit = 0; digit <= 9; ++digit) keyboard[digit] = String(digit);

/** Keys that a held key may repeat; the others act once. */
const repeating = new Set(["UP", "DOWN", "LEFT", "RIGHT"]);
const shownPressedFor = 140;

function belongsToPage(event) {
  const element = event.target.closest?.("button, select, input, summary, a");
  if (!element) return false;
  if (element.matches("select, input")) return true;
  return event.key === "Enter" || event.key === " ";
}

export function startRemote(element, press) {
  const buttons = new Map([...element.querySelectorAll("button")].map((button) => [button.value, button]));
  const act = (key) => {
    const button = buttons.get(key);
    if (button) {
      button.classList.add("pressed");
      clearTimeout(button.release);
      button.release = setTimeout(() => button.classList.remove("pressed"), shownPressedFor);
    }
    press(key);
  };
  for (const [key, button] of buttons) {
    button.addEventListener("click", () => act(key));
  }
  // A mouse leaves the keyboard's focus where it was, so that Enter stays OK.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("button")) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || belongsToPage(event)) return;
    const key = keyboard[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!key) return;
    event.preventDefault();
    if (!event.repeat || repeating.has(key)) act(key);
  });
}

export function listShortcuts(list) {
  const rows = [
    [["↑", "↓", "←", "→"], "keysArrows"],
    [[word("enter")], "keysOk"],
    [[word("backspace"), "Esc"], "keysBack"],
    [["H"], "keysHome"],
    [["M"], "keysMenu"],
    [["I"], "keysInfo"],
    [[word("digits")], "keysDigits"],
    [["R", "G", "Y", "B"], "keysColors"],
    [["F1", "F2", "F3", "F4"], "keysColors"],
    [["PgUp", "PgDn"], "keysPages"],
  ];
  list.replaceChildren(
    ...rows.map(([keys, name]) => {
      const row = document.createElement("div");
      const term = document.createElement("dt");
      const text = document.createElement("dd");
      term.append(
        ...keys.map((key) => {
          const cap = document.createElement("kbd");
          cap.textContent = key;
          return cap;
        }),
      );
      text.textContent = word(name);
      row.append(term, text);
      return row;
    }),
  );
}
