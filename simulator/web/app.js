// The simulator's page: shows a box and works its remote control.

import { Connection } from "/connection.js";
import { showAreas, showContent, showPage } from "/inspector.js";
import { listShortcuts, startRemote } from "/remote.js";
import { Screen } from "/screen.js";
import { chooseLanguage, currentLanguage, word } from "/words.js";

const find = (id) => document.getElementById(id);

const screen = new Screen(find("screen"));
let state = null;
let content = null;
let isOpen = null;

const connection = new Connection("/box", {
  onState(open) {
    isOpen = open;
    showLink();
  },
  onText(message) {
    if (message.type === "state") state = message;
    if (message.type === "content") content = message;
    show();
  },
  async onFrame(buffer) {
    connection.send(`ack ${await screen.show(buffer)}`);
  },
});

const press = (key) => connection.send(`key ${key}`);

function showLink() {
  const link = find("link");
  link.className = `link ${isOpen === null ? "connecting" : isOpen ? "open" : "closed"}`;
  link.querySelector("span").textContent = word(isOpen === null ? "connecting" : isOpen ? "connected" : "disconnected");
  find("lost").hidden = isOpen !== false;
}

function mark(group, value) {
  for (const button of find(group).querySelectorAll("button")) button.setAttribute("aria-pressed", button.value === value);
}

function show() {
  mark("page-language", currentLanguage());
  if (state) {
    mark("screen-size", `${state.width}x${state.height}`);
    mark("text-size", state.textSize);
    mark("language", state.language);
    find("network").setAttribute("aria-checked", state.isNetworkOn);
    find("network").querySelector("span").textContent = word(state.isNetworkOn ? "on" : "off");
    if (document.activeElement !== find("clock")) find("clock").value = state.time;
    showPage(state.page, press);
  }
  if (content) showContent(content);
  if (state && content) showAreas(find("area"), content.areas, state.area);
}

function useLanguage(language) {
  chooseLanguage(language);
  try {
    localStorage.setItem("language", language);
  } catch {
    // A browser that keeps nothing begins in Chinese each time.
  }
  listShortcuts(find("shortcuts").querySelector("dl"));
  showLink();
  show();
}

function firstLanguage() {
  const asked = new URLSearchParams(location.search).get("lang");
  if (asked) return asked;
  try {
    return localStorage.getItem("language") ?? "zh";
  } catch {
    return "zh";
  }
}

function onChoice(group, act) {
  find(group).addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button) act(button.value);
  });
}

onChoice("page-language", useLanguage);
onChoice("screen-size", (value) => connection.send(`screen ${value}`));
onChoice("text-size", (value) => connection.send(`text-size ${value}`));
onChoice("language", (value) => connection.send(`language ${value}`));
find("area").addEventListener("change", (event) => {
  connection.send(`area ${event.target.value}`);
  event.target.blur(); // so that the arrow keys are the remote's again
});
find("clock").addEventListener("change", (event) => connection.send(`clock ${event.target.value}`));
find("network").addEventListener("click", () => connection.send(`network ${state?.isNetworkOn ? "off" : "on"}`));
startRemote(find("remote"), press);
useLanguage(firstLanguage());
