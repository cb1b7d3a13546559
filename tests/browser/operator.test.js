// The operator's page of linli-platform in a real browser, with counts that real bookings made. LINLI_SHOTS names a
// folder for pictures of it.

import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Stage } from "./programs.js";

const samples = join(dirname(fileURLToPath(import.meta.url)), "../../simulator/samples");
const namespace = 'xmlns="urn:linli:exchange:1"';

/** A box that books, as far as counts need it. */
class Box {
  constructor(address, token) {
    this.address = `${address}/appointments`;
    this.headers = { Authorization: `Bearer ${token}` };
  }
  async ask(what) {
    return (await fetch(`${this.address}/${what}`, { headers: this.headers })).text();
  }
  async post(request, body) {
    const answer = await fetch(`${this.address}/${request}`, { method: "POST", headers: this.headers, body });
    return answer.text();
  }
  async signIn(member) {
    const answer = await this.post("session", `<open-session ${namespace} member="${member}"><pin>2468</pin></open-session>`);
    this.headers["Linli-Session"] = answer.match(/ref="([^"]+)"/)[1];
  }
  change(request, attributes) {
    return this.post(request, `<${request} ${namespace} key="${randomBytes(16).toString("hex")}" ${attributes}/>`);
  }
  /** The reference of the first free slot of a service. */
  async freeSlot(service) {
    const name = encodeURIComponent(service);
    const day = (await this.ask(`days?service=${name}`)).match(/date="([^"]+)" places="\d+" free="[1-9]/)[1];
    return (await this.ask(`slots?service=${name}&day=${day}`)).match(/ref="([^"]+)"[^>]* free="[1-9]/)[1];
  }
  async book(service) {
    const slot = await this.freeSlot(service);
    const number = (await this.change("hold", `slot="${slot}"`)).match(/number="([^"]+)"/)[1];
    await this.change("confirm", `number="${number}"`);
    return { number, slot };
  }
}

describe("the operator's page", () => {
  const stage = new Stage();
  let address, page;
  const errors = [];
  after(() => stage.end());

  before(async () => {
    const folder = await stage.folder();
    const file = (ending) => join(samples, `city-${ending}`);
    const platform = await stage.start(
      "linli-platform",
      ["--publication", folder, "--database", join(folder, "bookings.db"), "--port", "0", "--households", file("households.xml"),
        "--schedules", file("schedules.xml"), "--holidays", file("holidays.json"), "--results", file("results.xml")],
      /publication at (http:\/\/127\.0\.0\.1:\d+)\//,
    );
    address = platform.address;
    const first = new Box(address, "demo-box-1"), second = new Box(address, "demo-box-2");
    await first.signIn("m1");
    await second.signIn("m1");
    const card = await first.book("12/0101#elderly-meal-card");
    await first.book("12/0101#home-care");
    await first.book("12/0101#legal-aid");
    await second.book("12/0101#legal-aid");
    await first.change("cancel", `number="${card.number}"`);
    const { slot } = await second.book("12/0101#marriage-registration");
    await second.change("hold", `slot="${slot}"`);
    const context = await stage.browser();
    page = context.pages()[0] ?? (await context.newPage());
    page.on("pageerror", (error) => errors.push(error.message));
    page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
  });

  const shot = (name) =>
    process.env.LINLI_SHOTS && page.screenshot({ path: join(process.env.LINLI_SHOTS, `${name}.png`), fullPage: true });
  const sum = (name) => page.locator("li", { hasText: name }).locator("b").textContent();
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  test("counts what was done, by service and day, in Chinese", async () => {
    await page.goto(`${address}/operator?language=zh`);
    assert.equal(await page.locator("h1").textContent(), "预约情况");
    assert.equal(await sum("已约成"), "4");
    assert.equal(await sum("待确认"), "1");
    assert.equal(await sum("居民取消"), "1");
    assert.equal(await sum("未办成"), "1");
    await page.getByRole("cell", { name: "法律援助咨询", exact: true }).waitFor();
    // Once among the reasons, once with its day and service.
    const refused = page.getByRole("row").filter({ hasText: "这个时间已有预约" });
    assert.equal(await refused.count(), 2);
    assert.match(await refused.last().textContent(), /^20\d\d-\d\d-\d\d.+这个时间已有预约1$/);
    assert.ok(!(await page.content()).includes("*"), "a name of a person");
    await shot("operator-zh");
  });

  test("is the same in English, and nothing of it is cut off on a small screen", async () => {
    await page.getByRole("link", { name: "English" }).click();
    assert.equal(await page.locator("h1").textContent(), "Appointments");
    assert.equal(await sum("Cancelled by residents"), "1");
    assert.equal(await overflow(), 0);
    await shot("operator-en");
    await page.setViewportSize({ width: 400, height: 800 });
    assert.equal(await overflow(), 0);
    await shot("operator-narrow");
    await page.setViewportSize({ width: 1440, height: 900 });
  });

  test("shows the days that are asked for", async () => {
    await page.locator("input[name=from]").fill("2026-01-01");
    await page.locator("input[name=until]").fill("2026-01-31");
    await page.getByRole("button", { name: "Show" }).click();
    await page.getByText("There were no appointments in these days.").waitFor();
    assert.equal(new URL(page.url()).searchParams.get("until"), "2026-01-31");
  });

  test("gives the table", async () => {
    const table = await (await fetch(`${address}/operator.csv`)).text();
    assert.match(table, /,12\/0101#legal-aid,"法律援助咨询",booked,2\r\n/);
    assert.deepEqual(errors, []);
  });
});
