import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { iconSprite } from "./build/icons";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/* The variable font serves all weights from one file a subset (4.6 MB in all, a page loads what it
   shows); it takes the plain family name so that charts, map and print ask for one name. */
const plainFontName: Plugin = {
  name: "anlan-font",
  enforce: "pre",
  transform(code, id) {
    if (!id.includes("noto-sans-sc") || !id.includes(".css")) return null;
    return { code: code.replaceAll("Noto Sans SC Variable", "Noto Sans SC"), map: null };
  },
};

export default defineConfig({
  root: here("."),
  base: "/static/built/",
  logLevel: "warn",
  plugins: [
    plainFontName,
    iconSprite({
      source: here("../src/anlan"),
      listed: here("./src/icons.txt"),
      outline: here("./node_modules/@tabler/icons/icons/outline"),
    }),
  ],
  build: {
    outDir: here("../src/anlan/portal/static/built"),
    emptyOutDir: true,
    manifest: true,
    reportCompressedSize: false,
    assetsInlineLimit: 0,
    target: "es2022",
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: { house: here("./src/house.ts"), wall: here("./src/wall.ts"), phone: here("./src/phone.ts"), "fieldwork-worker": here("./src/fieldwork-worker.ts") },
      // htmx evaluates code only where its configuration allows it; ours does not (base.html).
      onwarn: (warning, warn) => warning.code === "EVAL" || warn(warning),
    },
  },
});
