declare module "idiomorph" {
  interface MorphConfig {
    morphStyle?: "outerHTML" | "innerHTML";
    ignoreActiveValue?: boolean;
    callbacks?: {
      beforeNodeMorphed?: (old: Node, fresh: Node) => boolean;
      beforeAttributeUpdated?: (name: string, element: Element, kind: "update" | "remove") => boolean;
    };
  }
  export const Idiomorph: {
    morph(target: Element, fresh: HTMLCollection | Node | string, config?: MorphConfig): Node[];
  };
}
