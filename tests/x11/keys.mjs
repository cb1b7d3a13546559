// linli-stb on a real X server with real keys: publishes the sample city, serves it, starts the box in a window of
// Xvfb, presses keys with xdotool, and looks at the page and at the screen.
//
//   node tests/x11/keys.mjs BIN_FOLDER SOURCE_FOLDER
//
// Exit status: 0 good, 1 not, 77 a program that it needs is not installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [bin, source] = process.argv.slice(2);
const kPatience = 20000; // ms, for whatever hangs
const children = [];

class Failure extends Error {}

function need(program) {
  if (spawnSync('which', [program]).status === 0) return;
  console.log(`skipped: ${program} is not installed`);
  process.exit(77);
}

function run(program, args, options = {}) {
  const done = spawnSync(program, args, { encoding: 'buffer', ...options });
  if (done.status !== 0) throw new Failure(`${program} ${args.join(' ')}: ${done.error ?? done.stderr}`);
  return done.stdout;
}

/** Starts a program that runs until the end of the test; what it says is kept. */
function start(program, args, options = {}) {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe', 'pipe'], ...options });
  child.said = '';
  for (const stream of child.stdio.slice(1)) stream.on('data', (data) => (child.said += data));
  child.on('error', (error) => (child.said += error));
  child.name = program;
  children.push(child);
  return child;
}

async function until(what, look) {
  const end = Date.now() + kPatience;
  for (;;) {
    const found = await look();
    if (found) return found;
    for (const child of children)
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Failure(`${child.name} has ended while waiting for ${what}:\n${child.said}`);
    if (Date.now() > end) throw new Failure(`waited in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Asks the box one thing over its control socket. */
function ask(socket, command) {
  return new Promise((resolve) => {
    let answer = '';
    const client = connect(socket, () => client.write(command + '\n'));
    client.setEncoding('utf8');
    client.on('data', (data) => {
      answer += data;
      if (!answer.endsWith('\n.\n')) return;
      client.destroy();
      resolve(answer.slice(0, -2));
    });
    client.on('error', () => resolve(''));
    client.on('close', () => resolve(answer));
  });
}

class Box {
  constructor(socket, display) {
    this.socket = socket;
    this.environment = { ...process.env, DISPLAY: display };
  }
  page() {
    return ask(this.socket, 'page');
  }
  shows(what) {
    let page = '';
    const wish = { toString: () => `the page to show "${what}" in place of\n${page}` };
    return until(wish, async () => {
      page = await this.page();
      return page.includes(what);
    });
  }
  /** One press of a key that is not the one before: the box takes the same key again at once for a bounce. */
  async press(key, what) {
    if (key === this.lastKey) throw new Failure(`the script presses ${key} twice`);
    this.lastKey = key;
    run('xdotool', ['key', key], { env: this.environment });
    return this.shows(what);
  }
  /** The window's pixels as a digest; fails where the screen is blank. */
  picture() {
    const size = { env: this.environment, maxBuffer: 64 << 20 };
    const pixels = run('import', ['-window', 'root', '-depth', '8', 'rgb:-'], size);
    if (pixels.length !== 1280 * 720 * 3) throw new Failure(`the picture has ${pixels.length} bytes`);
    const colours = new Set();
    for (let i = 0; i < pixels.length; i += 3) colours.add((pixels[i] << 16) | (pixels[i + 1] << 8) | pixels[i + 2]);
    if (colours.size < 50) throw new Failure(`the screen is blank: ${colours.size} colours`);
    return createHash('sha256').update(pixels).digest('hex');
  }
  /** The picture once it is another one: the server shows it a little after the page has changed. */
  newPicture(seen) {
    return until('another picture', () => {
      const picture = this.picture();
      return !seen.includes(picture) && picture;
    });
  }
}

async function startBox() {
  const areas = ['12', '12/0101', '12/0101/001', '12/0101/001/001', '12/0101/001/002', '12/0101/002', '12/0101/002/001'];
  const [keys, tree] = [join(folder, 'keys'), join(folder, 'tree')];
  run(join(bin, 'linli-publish'), ['keys', 'init', '--to', keys, '--tree', tree, ...areas.flatMap((area) => ['--area', area])]);
  run(join(bin, 'linli-publish'), ['publish', join(source, 'simulator/samples/city'), '--to', tree, '--key', keys]);
  const platform = start(join(bin, 'linli-platform'), [
    '--publication', tree, '--database', join(folder, 'platform.db'), '--port', '0']);
  const url = (await until('the platform', () => platform.said.match(/http:\/\/[0-9.:]+/)))[0];

  const server = start('Xvfb', ['-displayfd', '3', '-extension', 'GLX', '-screen', '0', '1280x720x24', '-nolisten', 'tcp']);
  const display = ':' + (await until('Xvfb', () => server.said.match(/^(\d+)\n/m)))[1];

  const socket = join(folder, 'box.socket');
  start(join(bin, 'linli-stb'), [
    '--area', '12/0101/001/002', '--data', join(folder, 'box'), '--platform', url, '--root', join(tree, 'root/1.signed'), '--start', 'home', '--control', socket,
    '--dfb:system=x11,mode=1280x720'], { env: { ...process.env, DISPLAY: display } });
  const box = new Box(socket, display);
  await box.shows('养老服务'); // a tile of the sample city's portal: sync is through
  return box;
}

async function test() {
  const box = await startBox();
  const home = await box.newPicture([]);
  await box.press('Down', '> 3.');
  await box.press('Up', '> 1.');
  await box.press('Return', '公告通知  1–');
  const list = await box.newPicture([home]);
  await box.press('Down', '> 2.');
  await box.press('3', '下一页');
  const notice = await box.newPicture([home, list]);
  await box.press('BackSpace', '> 3.');
  const large = await box.page();
  await box.press('F1', '公告通知'); // red: the text grows
  await until('larger text', async () => (await box.page()) !== large);
  await box.newPicture([home, list, notice]);
  await box.press('Home', '> 1.');
  await box.press('Escape', '没有电视画面');
}

async function end() {
  for (const child of [...children].reverse()) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    const ended = new Promise((resolve) => child.on('exit', resolve));
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(timer);
  }
  rmSync(folder, { recursive: true, force: true });
}

for (const program of ['Xvfb', 'xdotool', 'import']) need(program);
const folder = mkdtempSync(join(tmpdir(), 'linli-x11-'));
let status = 0;
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => end().then(() => process.exit(1)));
try {
  await test();
} catch (error) {
  console.error(error instanceof Failure ? error.message : error);
  for (const child of children) console.error(`--- ${child.name}\n${child.said}`);
  status = 1;
}
await end();
process.exit(status);
