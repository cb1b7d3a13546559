import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";

import { Simulator, Stage } from "./programs.js";

describe("the simulator in a browser", { timeout: 180_000 }, () => {
  const stage = new Stage();
  let address, content, context, tv;

  before(async () => {
    content = await stage.content();
    ({ address } = await stage.startSimulator("--content", content));
    context = await stage.browser();
    tv = new Simulator(context.pages()[0] ?? (await context.newPage()));
    await tv.open(address);
    await tv.shows("内容已是最新");
  });
  after(() => stage.end());

  test("the remote control leads from Home to a notice and back", async () => {
    await tv.isOn("home");
    assert.match(await tv.focus(), /公告通知/);
    const home = await tv.screen();
    await tv.press("确定");
    await tv.shows("4号楼水管爆裂紧急停水");
    await tv.changes(home);
    const list = await tv.screen();
    await tv.press("下");
    await tv.changes(list);
    await tv.press("上");
    await tv.press("确定");
    await tv.shows("志愿者送水到家");
    await tv.press("返回");
    await tv.shows("4号楼水管爆裂紧急停水");
    await tv.press("主页");
    await tv.isOn("home");
  });

  test("digits and the keyboard do the same", async () => {
    await tv.press("2");
    await tv.shows("药店");
    await tv.page.keyboard.press("Enter");
    await tv.shows("听涛苑社区卫生服务站");
    await tv.page.keyboard.press("Backspace");
    await tv.shows("药店");
    await tv.page.keyboard.press("h");
    await tv.isOn("home");
    await tv.page.keyboard.press("m");
    await tv.isOn("settings");
    await tv.page.keyboard.press("Escape");
    await tv.isOn("home");
    await tv.page.keyboard.press("1");
    await tv.shows("4号楼水管爆裂紧急停水");
    await tv.page.keyboard.press("h");
  });

  test("the keys of the legend can be clicked", async () => {
    await tv.isOn("home");
    await tv.page.locator("#keys").getByRole("button", { name: "确定", exact: true }).click();
    await tv.shows("4号楼水管爆裂紧急停水");
    await tv.press("主页");
    await tv.isOn("home");
  });

  test("screen, text size, language and community change while it runs", async () => {
    for (const [value, size] of [["1920x1080", "1920x1080"], ["720x576", "720x576"], ["1280x720", "1280x720"]]) {
      await tv.page.locator(`#screen-size [value="${value}"]`).click();
      await tv.hasSize(size);
    }
    const large = await tv.screen();
    await tv.page.locator('#text-size [value="extra-large"]').click();
    await tv.changes(large);
    await tv.page.locator('#text-size [value="large"]').click();

    await tv.page.locator('#language [value="en"]').click();
    await tv.shows("Select");
    await tv.page.locator('#language [value="zh_CN"]').click();
    await tv.shows("选择");

    await tv.page.locator("#area").selectOption({ label: "\u3000\u3000\u3000枣园里社区" });
    await tv.shows("枣园里社区");
    await tv.page.locator("#area").selectOption({ label: "\u3000\u3000\u3000听涛苑社区" });
    await tv.shows("听涛苑社区");
  });

  test("the page itself speaks English too", async () => {
    await tv.page.locator('#page-language [value="en"]').click();
    await tv.page.locator('#remote[aria-label="Remote control"]').waitFor();
    await tv.press("Menu");
    await tv.isOn("settings");
    await tv.press("Home");
    await tv.page.locator('#page-language [value="zh"]').click();
    await tv.page.locator('#remote[aria-label="遥控器"]').waitFor();
  });

  test("every button has a name", async () => {
    const names = await tv.page.locator("button").evaluateAll((buttons) =>
      buttons.map((button) => button.getAttribute("aria-label") || button.textContent.trim() || button.getAttribute("role")),
    );
    assert.ok(names.every((name) => name), names.join());
  });

  test("a reloaded browser, and a second one, see the same box", async () => {
    await tv.press("2");
    await tv.shows("药店");
    await tv.page.reload();
    await tv.shows("药店");
    const second = new Simulator(await context.newPage());
    await second.open(address);
    await second.shows("药店");
    await tv.isLike(second);
    await tv.press("主页");
    await second.isOn("home");
    await second.page.close();
  });

  test("the television's network can be cut", async () => {
    await tv.page.locator("#network").click();
    await tv.page.locator('#network[aria-checked="false"]').waitFor();
    await tv.press("3");
    await tv.shows("暂时连不上");
    await tv.page.locator("#network").click();
    await tv.page.locator('#network[aria-checked="true"]').waitFor();
    await tv.press("主页");
  });

  test("an editor sees his notice, and his mistake, when he saves the file", async () => {
    const file = join(content, "12/0101/001/002/notices.xml");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace("4号楼水管爆裂紧急停水", "4号楼已经恢复供水"));
    await tv.press("1");
    await tv.shows("4号楼已经恢复供水");
    await writeFile(file, text.replace("<title>", "<titel>"));
    const faults = tv.page.locator("#faults");
    await faults.waitFor({ state: "visible" });
    assert.match(await faults.locator("li").first().textContent(), /12\/0101\/001\/002\/notices\.xml:\d+.*titel/s);
    assert.match(await tv.text(), /4号楼已经恢复供水/);
    await writeFile(file, text);
    await faults.waitFor({ state: "hidden" });
    await tv.shows("4号楼水管爆裂紧急停水");
  });

  test("a page of another site gets nothing", async () => {
    const { port } = new URL(address);
    const status = await new Promise((resolve, reject) => {
      get({ host: "127.0.0.1", port, path: "/", headers: { Host: `evil.example:${port}` } }, ({ statusCode }) => resolve(statusCode)).on("error", reject);
    });
    assert.equal(status, 421);
    for (const path of ["/..%2f..%2fetc/passwd", "/web/index.html", "/CMakeLists.txt"])
      assert.equal((await fetch(new URL(path, address))).status, 404, path);
  });

  test("nothing went wrong in the page", () => assert.deepEqual(tv.errors, []));
});

describe("the simulator with a platform of its own", { timeout: 120_000 }, () => {
  const stage = new Stage();
  after(() => stage.end());

  test("syncs from it, looks appointments up, and says when it has gone", async () => {
    const content = await stage.content();
    const folder = await stage.folder();
    const [keys, tree] = [join(folder, "keys"), join(folder, "publication")];
    const areas = ["12", "12/0101", "12/0101/001", "12/0101/001/001", "12/0101/001/002", "12/0101/002", "12/0101/002/001"];
    const root = join(tree, "root/1.signed");
    const keyMaker = await stage.start("linli-publish", ["keys", "init", "--to", keys, "--tree", tree, ...areas.flatMap((area) => ["--area", area])], /(1\.signed)/);
    await keyMaker.gone;
    const publisher = await stage.start("linli-publish", ["publish", content, "--to", tree, "--key", keys], /(12\/0101\/002\/001)/);
    await publisher.gone;
    const platform = await stage.start(
      "linli-platform",
      ["--publication", tree, "--database", join(folder, "households.db"), "--port", "0",
        "--import", join(content, "../city-households.xml")],
      /publication at (http:\/\/127\.0\.0\.1:\d+)\//,
    );
    const simulator = await stage.startSimulator("--platform", platform.address, "--root", root, "--content", content);
    const context = await stage.browser();
    const tv = new Simulator(context.pages()[0] ?? (await context.newPage()));
    await tv.open(simulator.address);
    await tv.shows("听涛苑社区");
    await tv.press("3");
    await tv.shows("我的预约");
    await tv.press("1");
    await tv.shows("张*明");
    await tv.press("1");
    for (const digit of "2468") await tv.press(digit);
    await tv.shows("老年人免费体检");
    simulator.child.kill("SIGTERM");
    assert.equal(await simulator.gone, 0);
    await tv.page.locator("#lost").waitFor({ state: "visible" });
  });
});
