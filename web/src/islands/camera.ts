/* A live picture by HLS: the browser's own player where it can, hls.js elsewhere. When the stream
   ends or cannot be had, words stand in its place. */
import Hls from "hls.js";
import type { CameraProps } from "../props";

export function mount(place: HTMLElement, props: CameraProps): { update: (props: CameraProps) => void } {
  const video = document.createElement("video");
  video.controls = true;
  video.muted = true;
  video.autoplay = true;
  video.playsInline = true;
  video.style.width = "100%";
  const words = document.createElement("p");
  words.className = "al-note al-note-warning";
  words.setAttribute("role", "alert");
  words.textContent = props.away;
  let player: Hls | null = null;

  function away(): void {
    player?.destroy();
    player = null;
    video.replaceWith(words);
  }

  function show(url: string): void {
    player?.destroy();
    player = null;
    words.replaceWith(video);
    if (Hls.isSupported()) {
      player = new Hls({ liveDurationInfinity: true });
      player.on(Hls.Events.ERROR, (_event, fault) => {
        if (fault.fatal) away();
      });
      player.loadSource(url);
      player.attachMedia(video);
    } else if (video.canPlayType("application/vnd.apple.mpegurl")) {
      video.src = url;
    } else {
      away();
    }
  }

  place.append(video);
  video.addEventListener("error", away);
  show(props.hls);
  return { update: (next) => show(next.hls) };
}
