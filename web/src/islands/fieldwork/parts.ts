/* Small pieces of pages. */

type Inside = Node | string | null | false;

export function make<T extends keyof HTMLElementTagNameMap>(
  tag: T,
  values: Partial<HTMLElementTagNameMap[T]> = {},
  ...inside: Inside[]
): HTMLElementTagNameMap[T] {
  const one = Object.assign(document.createElement(tag), values);
  one.append(...inside.filter((part): part is Node | string => part !== null && part !== false));
  return one;
}

export function button(className: string, textContent: string, press: () => void): HTMLButtonElement {
  const one = make("button", { type: "button", className, textContent });
  one.addEventListener("click", press);
  return one;
}
