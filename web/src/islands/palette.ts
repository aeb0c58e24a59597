/* Colours of the tokens, as charts and the map need them: resolved for the element's theme. */
export type Palette = (name: string) => string;

export function paletteOf(element: Element): Palette {
  const style = getComputedStyle(element);
  return (name) => style.getPropertyValue(`--al-${name}`).trim();
}

export const FONT = '"Noto Sans SC","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif';
