"""A short real film, made by the browser itself, and a video platform that plays it.

The browser's recorder writes H.264 in fragments of MP4: each a segment of an HLS playlist.
"""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECONDS = 4
MAKE = """async (seconds) => {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [320, 180];
  const pen = canvas.getContext('2d');
  let n = 0;
  const draw = () => {
    pen.fillStyle = `hsl(${n * 7 % 360} 60% 50%)`;
    pen.fillRect(0, 0, 320, 180);
    pen.fillStyle = '#fff';
    pen.font = '40px sans-serif';
    pen.fillText(`${n++}`, 20, 100);
  };
  draw();
  const beat = setInterval(draw, 40);
  const kind = 'video/mp4;codecs=avc1.42E01E';
  if (!MediaRecorder.isTypeSupported(kind)) { clearInterval(beat); return null; }
  const recorder = new MediaRecorder(canvas.captureStream(25),
    { mimeType: kind, videoKeyFrameIntervalDuration: 1000 });
  const parts = [];
  recorder.ondataavailable = (part) => parts.push(part.data);
  const over = new Promise((done) => { recorder.onstop = done; });
  recorder.start(1000);
  await new Promise((done) => setTimeout(done, seconds * 1000));
  recorder.stop();
  await over;
  clearInterval(beat);
  const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { film: btoa(text), picture: canvas.toDataURL('image/jpeg').split(',')[1] };
}"""


class Film:
    """A film in pieces: what stands before it, and its fragments."""

    def __init__(self, browser):
        page = browser.new_page()
        made = page.evaluate(MAKE, SECONDS)
        page.close()
        self.made = made is not None
        if not self.made:
            return
        raw = base64.b64decode(made["film"])
        self.picture = base64.b64decode(made["picture"])
        self.head, self.pieces = b"", []
        for kind, box in _boxes(raw):
            if kind in ("ftyp", "moov"):
                self.head += box
            elif kind == "moof":
                self.pieces.append(box)
            elif kind == "mdat" and self.pieces:
                self.pieces[-1] += box


def _boxes(raw):
    """The boxes of a file of MP4: kind and bytes."""
    at = 0
    while at + 8 <= len(raw):
        size = int.from_bytes(raw[at : at + 4])
        size = size or len(raw) - at
        if size == 1:
            size = int.from_bytes(raw[at + 8 : at + 16])
        yield raw[at + 4 : at + 8].decode("latin-1"), raw[at : at + size]
        at += size


class VideoPlatform:
    """Answers as WVP does, on a real socket; media come from the same place."""

    def __init__(self):
        self.film, self.asked, self.tokens = None, [], set()
        house = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                path = self.path.partition("?")[0]
                house.asked.append(path)
                if path.startswith("/api/"):
                    house.tokens.add(self.headers.get("access-token"))
                found = house._answer(path)
                self.send_response(200 if found else 404)
                self.send_header("Access-Control-Allow-Origin", "*")
                self.send_header("Content-Type", found[0] if found else "text/plain")
                self.end_headers()
                self.wfile.write(found[1] if found else b"")

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.host = f"127.0.0.1:{self._server.server_address[1]}"
        self.url = f"http://{self.host}"

    def _answer(self, path):
        recorded = {"startTime": "2020-08-01 08:00:00", "endTime": "2020-08-01 08:30:00"}
        answers = {
            "/api/play/start/": lambda: _json({"hls": f"{self.url}/film.m3u8"}),
            "/api/playback/start/": lambda: _json({"hls": f"{self.url}/film.m3u8"}),
            "/api/gb_record/query/": lambda: _json({"recordList": [recorded]}),
            "/api/device/query/snap/": lambda: ("image/png", self.film.picture),  # as WVP says
            "/film.m3u8": lambda: ("application/vnd.apple.mpegurl", self._playlist().encode()),
            "/head.mp4": lambda: ("video/mp4", self.film.head),
            "/pieces/": lambda: ("video/mp4", self.film.pieces[int(path.rsplit("/", 1)[1])]),
        }
        return next((give() for start, give in answers.items() if path.startswith(start)), None)

    def _playlist(self):
        pieces = "".join(f"#EXTINF:1.0,\npieces/{n}\n" for n in range(len(self.film.pieces)))
        return (
            "#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-TARGETDURATION:2\n#EXT-X-PLAYLIST-TYPE:VOD\n"
            f'#EXT-X-MAP:URI="head.mp4"\n{pieces}#EXT-X-ENDLIST\n'
        )

    def close(self):
        self._server.shutdown()
        self._server.server_close()


def _json(data):
    return "application/json", json.dumps({"code": 0, "msg": "ok", "data": data}).encode()
