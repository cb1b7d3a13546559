// Starts the programs under test and a browser, and ends all of them again.

import { spawn } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const programs = process.env.LINLI_PROGRAMS ?? join(root, "build/bin");
const city = join(root, "simulator/samples/city");
const patience = 20_000;

export const community = "12/0101/001/002";

/** Everything a test starts; `end` ends it in the opposite order. */
export class Stage {
  #ends = [];

  async folder() {
    const path = await mkdtemp(join(tmpdir(), "linli-browser-"));
    this.#ends.push(() => rm(path, { recursive: true, force: true, maxRetries: 5 }));
    return path;
  }

  /** A copy of the sample city that a test may write to. */
  async content() {
    const path = join(await this.folder(), "city");
    await cp(city, path, { recursive: true });
    await cp(`${city}-households.xml`, `${path}-households.xml`);
    return path;
  }

  /** Starts a program and waits for the line in which `pattern` finds its address. */
  async start(program, args, pattern) {
    const child = spawn(join(programs, program), args, { stdio: ["ignore", "pipe", "pipe"] });
    const gone = new Promise((resolve) => child.once("exit", resolve));
    this.#ends.push(async () => {
      child.kill("SIGTERM");
      const timer = setTimeout(() => child.kill("SIGKILL"), patience);
      await gone;
      clearTimeout(timer);
    });
    let output = "";
    return await new Promise((resolve, reject) => {
      const hear = (bytes) => {
        output += bytes;
        const found = output.match(pattern);
        if (found) resolve({ address: found[1], child, gone });
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.once("error", reject);
      gone.then((status) => reject(new Error(`${program} ended with ${status}: ${output}`)));
    });
  }

  startSimulator(...args) {
    const clock = ["--clock", "2026-11-23T09:00:00+08:00", "--area", community];
    return this.start("linli-sim", ["serve", "--port", "0", ...clock, ...args], /(http:\/\/127\.0\.0\.1:\d+\/)/);
  }

  async browser() {
    const context = await chromium.launchPersistentContext(await this.folder(), {
      executablePath: process.env.LINLI_CHROMIUM ?? "/usr/bin/chromium",
      headless: true,
      viewport: { width: 1440, height: 900 },
      args: [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
      ],
    });
    this.#ends.push(() => context.close());
    return context;
  }

  async end() {
    for (const end of this.#ends.reverse()) await end();
    this.#ends = [];
  }
}

/** The simulator's page, as a person uses it. */
export class Simulator {
  constructor(page) {
    this.page = page;
    this.errors = [];
    page.on("pageerror", (error) => this.errors.push(error.message));
    page.on("console", (message) => {
      if (message.type() === "error") this.errors.push(message.text());
    });
  }

  async open(address) {
    await this.page.goto(address);
    await this.page.locator("#screen[data-frames]").waitFor();
  }

  press(name) {
    return this.page.locator("#remote").getByRole("button", { name, exact: true }).click();
  }

  text() {
    return this.page.locator("#page-text").textContent();
  }

  /** Waits until the page on the television shows a text, and fails with what it shows instead. */
  async shows(text) {
    await this.#until(async () => (await this.text()).includes(text), text);
  }

  async isOn(id) {
    await this.#until(async () => (await this.page.locator("#inspector").getAttribute("data-page")) === id, id);
  }

  focus() {
    return this.page.locator("#focus").textContent();
  }

  /** A sum of the canvas's pixels, and its size. */
  screen() {
    return this.page.locator("#screen").evaluate((canvas) => {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] * 65536 + data[i + 1] * 256 + data[i + 2]) >>> 0;
      return { sum, size: `${canvas.width}x${canvas.height}` };
    });
  }

  /** Waits until the picture is another one than `before`. */
  async changes(before) {
    await this.#until(async () => (await this.screen()).sum !== before.sum, "another picture");
  }

  /** Waits until the picture has a size. */
  async hasSize(size) {
    await this.#until(async () => (await this.screen()).size === size, `a picture of ${size}`);
  }

  /** Waits until it shows the same picture as another simulator. */
  async isLike(other) {
    await this.#until(async () => (await this.screen()).sum === (await other.screen()).sum, "the same picture in both");
  }

  async #until(holds, expected) {
    const end = Date.now() + patience;
    while (!(await holds())) {
      if (Date.now() > end) throw new Error(`expected ${expected}; the page is:\n${await this.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }
}
