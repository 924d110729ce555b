import type { Weight } from "./font-face.ts";

/** Measures of a page, in points. */
export const PAGE = { width: 595.28, height: 841.89, left: 45, right: 45, top: 36, bottom: 48 } as const;
export const CONTENT_WIDTH = PAGE.width - PAGE.left - PAGE.right;
export const COLUMN = CONTENT_WIDTH / 12;

export const SIZE = {
  title: 15,
  section: 10,
  label: 8,
  option: 8.5,
  note: 8.5,
  furniture: 8.5,
  /** Values are never smaller than `valueMin`: what does not fit goes on to an added page. */
  value: 9.5,
  valueMin: 9,
} as const;

export const LEADING = { label: 9.6, note: 11, value: 12.5, title: 18 } as const;

/** Space between the frame of a field and the text in it. */
export const PADDING = { x: 2.5, y: 2 } as const;

export type Colour = readonly [number, number, number];
export const COLOUR = {
  ink: [0.1, 0.12, 0.16],
  muted: [0.36, 0.4, 0.46],
  line: [0.52, 0.57, 0.63],
  bar: [0.88, 0.915, 0.95],
  accent: [0.1, 0.26, 0.44],
  head: [0.955, 0.965, 0.975],
} as const satisfies Record<string, Colour>;

/** Something drawn on a page. Coordinates are the PDF's: from the lower left corner, text by its baseline. */
export type Mark =
  | { kind: "text"; x: number; y: number; text: string; size: number; weight: Weight; colour: Colour }
  | { kind: "fill"; x: number; y: number; width: number; height: number; colour: Colour }
  | { kind: "frame"; x: number; y: number; width: number; height: number; colour: Colour; thickness: number };

/** The place of a field, or of one option of a choice. */
export interface WidgetBox {
  field: string;
  kind: "text" | "multiline" | "check" | "option";
  /** Code of the option. */
  option?: string;
  tooltip: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface PageLayout {
  marks: Mark[];
  widgets: WidgetBox[];
}
