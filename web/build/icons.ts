/* The sprite holds only the icons that somebody uses: named in a template's {% icon %}, in a map
   layer, in the rail, or listed in src/icons.txt. */
import { createHash } from "node:crypto";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";

const NAMED = /\{%\s*icon\s+"([a-z0-9-]+)"/g;
const QUOTED = /"([a-z][a-z0-9-]*)"/g;
const SPEAKS_OF_ICONS = /(layers|navigation|marks|kinds)(\.py|\/[a-z_]+\.py)$/;

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));
}

function wanted(source: string, listed: string, outline: string): string[] {
  const names = new Set(
    readFileSync(listed, "utf8").split(/\s+/).filter((name) => name && !name.startsWith("#")),
  );
  for (const path of files(source)) {
    const pattern = path.endsWith(".html") ? NAMED : SPEAKS_OF_ICONS.test(path) ? QUOTED : null;
    if (!pattern) continue;
    for (const [, name] of readFileSync(path, "utf8").matchAll(pattern)) if (name) names.add(name);
  }
  return [...names].filter((name) => existsSync(join(outline, `${name}.svg`))).sort();
}

function symbol(outline: string, name: string): string {
  const svg = readFileSync(join(outline, `${name}.svg`), "utf8");
  const inside = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>"));
  const paths = inside.replace(/<path stroke="none"[^>]*\/>/g, "").replace(/\s*\n\s*/g, "");
  return `<symbol id="${name}" viewBox="0 0 24 24">${paths}</symbol>`;
}

export function iconSprite(options: { source: string; listed: string; outline: string }): Plugin {
  return {
    name: "anlan-icons",
    apply: "build",
    generateBundle() {
      const names = wanted(options.source, options.listed, options.outline);
      const body = names.map((name) => symbol(options.outline, name)).join("");
      const sprite = `<svg xmlns="http://www.w3.org/2000/svg">${body}</svg>`;
      const hash = createHash("sha256").update(sprite).digest("base64url").slice(0, 8);
      const file = `assets/icons-${hash}.svg`;
      this.emitFile({ type: "asset", fileName: file, source: sprite });
      this.emitFile({ type: "asset", fileName: "icons.json", source: JSON.stringify({ file, names }) });
    },
  };
}
