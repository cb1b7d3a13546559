// The television's screen. simulator/serve/frame_message.h says what a frame is made of.

const headBytes = 8;
const partHeadBytes = 14;
const mediaTypes = { 1: "image/png", 2: "image/jpeg" };

export class Screen {
  constructor(canvas) {
    this.canvas = canvas;
    this.context = canvas.getContext("2d", { alpha: false });
    this.frames = 0;
  }

  /** Shows a frame, all its parts at once; resolves to its number. */
  async show(buffer) {
    const view = new DataView(buffer);
    const width = view.getUint16(4);
    const height = view.getUint16(6);
    const parts = [];
    for (let at = headBytes; at < buffer.byteLength; ) {
      const length = view.getUint32(at + 10);
      const bytes = new Uint8Array(buffer, at + partHeadBytes, length);
      const blob = new Blob([bytes], { type: mediaTypes[view.getUint8(at)] });
      parts.push({ x: view.getUint16(at + 2), y: view.getUint16(at + 4), picture: createImageBitmap(blob) });
      at += partHeadBytes + length;
    }
    const pictures = await Promise.allSettled(parts.map((part) => part.picture));
    if (this.canvas.width !== width || this.canvas.height !== height) this.resize(width, height);
    pictures.forEach(({ value }, i) => {
      if (!value) return;
      this.context.drawImage(value, parts[i].x, parts[i].y);
      value.close();
    });
    this.frames += 1;
    this.canvas.dataset.frames = this.frames;
    return view.getUint32(0);
  }

  resize(width, height) {
    this.canvas.width = width;
    this.canvas.height = height;
    // A standard-definition picture is shown at 4:3 whatever its pixels are.
    const aspect = height === 576 ? 4 / 3 : width / height;
    this.canvas.parentElement.style.setProperty("--aspect", aspect);
  }
}
