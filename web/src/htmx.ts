/* htmx with morphing: a swap keeps focus, scroll and what is being typed, and leaves islands alone. */
import htmx from "htmx.org";
import { Idiomorph } from "idiomorph";
import { updateIsland } from "./mount";

type Morph = "outerHTML" | "innerHTML";

function island(node: unknown): node is HTMLElement {
  return node instanceof HTMLElement && node.dataset.island !== undefined;
}

function ticked(node: unknown): boolean {
  return node instanceof HTMLInputElement && node.name === "row";
}

/** An island is never redrawn by a swap: it only hears its new props. A chosen row stays chosen. */
function beforeNodeMorphed(old: Node, fresh: Node): boolean {
  if (ticked(old) && ticked(fresh)) return (old as HTMLInputElement).id !== (fresh as HTMLInputElement).id;
  if (!island(old) || !island(fresh)) return true;
  updateIsland(old, fresh.querySelector(":scope > script[type='application/json']")?.textContent || "{}");
  return false;
}

/** What a person has opened or typed stays as it is. */
function beforeAttributeUpdated(name: string, element: Element): boolean {
  return !(name === "open" && element instanceof HTMLDetailsElement);
}

/* htmx reads what follows the colon of hx-swap-oob as a selector; the swap styles with a colon are
   given a name without one before it looks. */
const OOB = /hx-swap-oob=(["'])morph:(outer|inner)HTML/g;

htmx.defineExtension("morph", {
  transformResponse: (text: string) => text.replace(OOB, (_, quote: string, kind: string) => `hx-swap-oob=${quote}morph-${kind}`),
  isInlineSwap: (style: string) => ["morph", "morph:outerHTML", "morph-outer"].includes(style),
  handleSwap: (style: string, target: Node, fragment: Node) => {
    if (!style.startsWith("morph")) return [];
    const morphStyle: Morph = /inner/.test(style) ? "innerHTML" : "outerHTML";
    const children = (fragment as DocumentFragment).children;
    return Idiomorph.morph(target as Element, children, {
      morphStyle,
      ignoreActiveValue: true,
      callbacks: { beforeNodeMorphed, beforeAttributeUpdated },
    }) as Node[];
  },
} as Parameters<typeof htmx.defineExtension>[1]);

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector<HTMLMetaElement>("meta[name=csrf-token]")?.content;
  const detail = (event as CustomEvent<{ verb: string; headers: Record<string, string> }>).detail;
  if (token && detail.verb !== "get") detail.headers["X-CSRFToken"] = token;
});

/* A refused or broken answer to a person's own step is shown; to a live refresh it is left alone. */
document.addEventListener("htmx:beforeSwap", (event) => {
  const detail = (event as CustomEvent<{ xhr: XMLHttpRequest; shouldSwap: boolean }>).detail;
  if (detail.xhr.status === 422) detail.shouldSwap = true;
});

export { htmx };
