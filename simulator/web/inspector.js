// What is on the television, in words: the page, the selected element, the keys, the editor's files.

import { currentLanguage, word } from "/words.js";

const find = (id) => document.getElementById(id);

function make(tag, text, className) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (className) element.className = className;
  return element;
}

/** A television picture that is there has no words of its own. */
function describe(text) {
  return text.replace(/\(\)$/, word("picture"));
}

export function showPage(page, press) {
  find("focus").textContent = describe(page.focus) || word("noFocus");
  find("freshness").textContent = page.freshness;
  find("freshness").classList.toggle("old", page.isOld);
  find("inspector").dataset.page = page.id;
  find("page-text").replaceChildren(
    ...page.text
      .trimEnd()
      .split("\n")
      .map((line) => make("span", describe(line) + "\n", line.startsWith("> ") ? "focused" : "")),
  );
  find("keys").replaceChildren(
    ...page.keys.map((hint) => {
      const entry = make("span", "", "hint");
      for (const key of hint.keys) {
        const button = make("button", word(key), `cap ${key.toLowerCase()}`);
        button.type = "button";
        button.addEventListener("click", () => press(key));
        entry.append(button);
      }
      entry.append(make("span", hint.text));
      return entry;
    }),
  );
}

export function showContent(content) {
  const count = content.faults.length;
  const state = find("content-state");
  const detail = find("content-detail");
  const isChecked = content.folder !== "";
  state.className = count > 0 || content.error ? "bad" : "good";
  if (count > 0) state.textContent = word("bad", { count });
  else if (content.error) state.textContent = word("failed");
  else state.textContent = word(isChecked ? "good" : "fromPlatform");
  detail.textContent = content.error || word(isChecked ? "goodDetail" : "fromPlatformDetail", content);

  const faults = find("faults");
  faults.hidden = count === 0;
  faults.querySelector("h2").textContent = word("faultsTitle", { count });
  faults.querySelector("ol").replaceChildren(...content.faults.map(describeFault));
}

/** "12/0101/notices.xml  line 12  what is wrong". */
function describeFault(fault) {
  const text = fault[currentLanguage()];
  const entry = make("li", "");
  entry.append(make("code", fault.line > 0 ? `${fault.file}:${fault.line}` : fault.file));
  // The text begins with the place as well, for those who read it in a terminal.
  const place = `${fault.file}:`;
  const rest = text.startsWith(place) ? text.slice(place.length).replace(/^(\d+:)*\s*/, "") : text;
  entry.append(make("span", rest));
  return entry;
}

export function showAreas(select, areas, chosen) {
  const places = areas.length > 0 ? areas : [{ code: chosen, name: chosen, level: 1 }];
  select.replaceChildren(
    ...places.map((area) => {
      const option = make("option", "\u3000".repeat(area.level - 1) + area.name);
      option.value = area.code;
      option.selected = area.code === chosen;
      return option;
    }),
  );
}
