// The one WebSocket to the box: it comes back by itself when it is lost.

const firstPause = 500;
const longestPause = 5000;

export class Connection {
  /** `handlers`: onState(isOpen), onText(message), onFrame(buffer). */
  constructor(path, handlers) {
    this.url = `ws://${location.host}${path}`;
    this.handlers = handlers;
    this.pause = firstPause;
    this.open();
  }

  open() {
    this.socket = new WebSocket(this.url);
    this.socket.binaryType = "arraybuffer";
    this.socket.onopen = () => {
      this.pause = firstPause;
      this.handlers.onState(true);
    };
    this.socket.onmessage = ({ data }) => {
      if (typeof data === "string") this.handlers.onText(JSON.parse(data));
      else this.handlers.onFrame(data);
    };
    this.socket.onclose = () => {
      this.handlers.onState(false);
      setTimeout(() => this.open(), this.pause);
      this.pause = Math.min(this.pause * 2, longestPause);
    };
  }

  send(command) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(command);
  }
}
