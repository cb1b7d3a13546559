// The words of this page in both languages. What the television itself says comes from the box.

const words = {
  zh: {
    product: "邻里电视", simulator: "模拟器", title: "邻里电视 · 模拟器", pageLanguage: "本页语言",
    connected: "已连接", connecting: "正在连接…", disconnected: "连接断开",
    lost: "与模拟器的连接断开了", lostHint: "正在重新连接，不用做什么。", screenLabel: "电视屏幕",
    settingsLabel: "电视的设置", screen: "屏幕", fullHd: "全高清", hd: "高清", sd: "标清",
    textSize: "字号", standard: "标准", large: "大", extraLarge: "特大",
    area: "社区", boxLanguage: "电视语言", clock: "电视时间", network: "电视的网络", on: "通", off: "断",
    remote: "遥控器", home: "主页", menu: "菜单", info: "信息", ok: "确定", back: "返回",
    up: "上", down: "下", left: "左", right: "右", channel: "频道", channelUp: "频道加", channelDown: "频道减",
    pages: "翻页", pageUp: "上一页", pageDown: "下一页", red: "红色键", green: "绿色键", yellow: "黄色键", blue: "蓝色键",
    contentTitle: "您的内容", good: "没有问题，电视上已是最新", goodDetail: "“{folder}”里有 {items} 条内容。保存文件后约两秒，电视上就能看到。",
    fromPlatform: "来自平台", fromPlatformDetail: "内容由平台发布，这里不检查文件。",
    bad: "有 {count} 处要改，电视上还是改之前的内容", faultsTitle: "有 {count} 处要改",
    faultsHint: "改好并保存以后，这里会自动消失。改好之前，电视上显示的是原来的内容。", line: "第 {line} 行",
    failed: "没有能发布", inspector: "电视这一页", focus: "现在选中", noFocus: "（没有）", picture: "（电视画面）", freshness: "内容新旧", keys: "可以按的键", pageText: "本页文字",
    shortcuts: "用键盘操作",
    keysArrows: "方向", keysOk: "确定", keysBack: "返回", keysHome: "主页", keysMenu: "菜单", keysDigits: "数字键",
    keysColors: "红、绿、黄、蓝", keysPages: "上一页、下一页", keysInfo: "信息", enter: "回车", backspace: "退格", or: "或", digits: "0 到 9",
    UP: "上", DOWN: "下", LEFT: "左", RIGHT: "右", OK: "确定", BACK: "返回", HOME: "主页", MENU: "菜单", INFO: "信息",
    RED: "红", GREEN: "绿", YELLOW: "黄", BLUE: "蓝", PAGE_UP: "上一页", PAGE_DOWN: "下一页", CHANNEL_UP: "频道+", CHANNEL_DOWN: "频道−", GUIDE: "节目单",
  },
  en: {
    product: "Linli TV", simulator: "simulator", title: "Linli TV · simulator", pageLanguage: "Language of this page",
    connected: "connected", connecting: "connecting…", disconnected: "not connected",
    lost: "The simulator does not answer", lostHint: "Trying again; there is nothing to do.", screenLabel: "the television's screen",
    settingsLabel: "settings of the television", screen: "Screen", fullHd: "Full HD", hd: "HD", sd: "SD",
    textSize: "Text size", standard: "Standard", large: "Large", extraLarge: "Extra large",
    area: "Community", boxLanguage: "TV language", clock: "Time on the TV", network: "The TV's network", on: "on", off: "off",
    remote: "Remote control", home: "Home", menu: "Menu", info: "Info", ok: "OK", back: "Back",
    up: "Up", down: "Down", left: "Left", right: "Right", channel: "CH", channelUp: "Channel up", channelDown: "Channel down",
    pages: "Page", pageUp: "Page up", pageDown: "Page down", red: "Red key", green: "Green key", yellow: "Yellow key", blue: "Blue key",
    contentTitle: "Your content", good: "No faults; the television has the newest", goodDetail: "{items} items in “{folder}”. Save a file, and two seconds later the television shows it.",
    fromPlatform: "From the platform", fromPlatformDetail: "The platform publishes it; files are not checked here.",
    bad: "{count} to correct; the television still shows what was before", faultsTitle: "{count} to correct",
    faultsHint: "This goes away when the files are corrected and saved. Until then the television shows what was before.", line: "line {line}",
    failed: "It could not be published", inspector: "The page on the television", focus: "Selected", noFocus: "(nothing)", picture: "(the television picture)", freshness: "How fresh", keys: "Keys that do something", pageText: "Text of the page",
    shortcuts: "With the keyboard",
    keysArrows: "arrows", keysOk: "OK", keysBack: "Back", keysHome: "Home", keysMenu: "Menu", keysDigits: "digits",
    keysColors: "red, green, yellow, blue", keysPages: "page up, page down", keysInfo: "Info", enter: "Enter", backspace: "Backspace", or: "or", digits: "0 to 9",
    UP: "Up", DOWN: "Down", LEFT: "Left", RIGHT: "Right", OK: "OK", BACK: "Back", HOME: "Home", MENU: "Menu", INFO: "Info",
    RED: "Red", GREEN: "Green", YELLOW: "Yellow", BLUE: "Blue", PAGE_UP: "Page up", PAGE_DOWN: "Page down", CHANNEL_UP: "CH+", CHANNEL_DOWN: "CH−", GUIDE: "Guide",
  },
};

let language = "zh";

export function chooseLanguage(asked) {
  language = asked in words ? asked : "zh";
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.title = word("title");
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
    if (element.tagName === "BUTTON") element.title = word(element.dataset.label);
  }
}

export function currentLanguage() {
  return language;
}

/** A word in the page's language; `{name}` is filled in from `values`. */
export function word(name, values = {}) {
  const text = words[language][name] ?? name;
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
