import type { LocalizedText } from "../../kernel/text.ts";
import type { FormDefinition, FormLanguage, FormSection, ItemField, ItemTable } from "../form-definition.ts";
import { cellName, numberedItems, tableRows } from "../form-fields.ts";
import { fontFace } from "./font-face.ts";
import { drawField, fieldHeight } from "./layout-field.ts";
import { firstPageTop, laterPageTop, pageFoot } from "./page-furniture.ts";
import { COLOUR, COLUMN, CONTENT_WIDTH, LEADING, type Mark, PAGE, type PageLayout, SIZE } from "./page-style.ts";
import { wrapText } from "./wrap-text.ts";

const BAR_HEIGHT = 18;
const SECTION_GAP = 9;
const TABLE_ROW = 17;
const CAPTION = 15;
/** A table of so many rows stays on one page; of a longer one, no first or last row stands alone. */
const SHORT_TABLE = 5;

/** A piece of a form that is not broken across pages. */
interface Block {
  height: number;
  /** Must stand on the same page as the block after it. */
  keepWithNext: boolean;
  /** Space above, dropped at the top of a page. */
  gap: number;
  draw(page: PageLayout, top: number): void;
  /** Drawn again when the page changes right before this block, e.g. the head of a table. */
  repeated?: Block;
}

/** Sets a form out on pages of A4: twelve columns, framed fields with their label above, a bar for each section. */
export function layoutForm(definition: FormDefinition, language: FormLanguage): PageLayout[] {
  const pages: PageLayout[] = [];
  const blocks = definition.sections.flatMap((section) => sectionBlocks(section, language));
  let y = 0;
  const turn = () => {
    const page: PageLayout = { marks: [], widgets: [] };
    y = (pages.length === 0 ? firstPageTop : laterPageTop)(definition, language, page.marks);
    pageFoot(definition, language, page.marks);
    pages.push(page);
    return page;
  };
  let page = turn();
  let atTop = true;
  blocks.forEach((block, at) => {
    if (!atTop && y - block.gap - heightKeptTogether(blocks, at) < PAGE.bottom) {
      page = turn();
      atTop = true;
      if (block.repeated) {
        block.repeated.draw(page, y);
        y -= block.repeated.height;
      }
    }
    if (!atTop) y -= block.gap;
    block.draw(page, y);
    y -= block.height;
    atTop = false;
  });
  return pages;
}

function heightKeptTogether(blocks: readonly Block[], from: number): number {
  let height = blocks[from]!.height;
  for (let at = from; blocks[at]!.keepWithNext && blocks[at + 1]; at++) {
    height += blocks[at + 1]!.gap + blocks[at + 1]!.height;
  }
  return height;
}

function sectionBlocks(section: FormSection, language: FormLanguage): Block[] {
  const blocks: Block[] = [sectionBar(section, language)];
  let row: { field: ItemField; number: string }[] = [];
  const endRow = () => {
    if (row.length > 0) blocks.push(fieldRow(row, language));
    row = [];
  };
  for (const { item, number } of numberedItems(section.number, section.items)) {
    if ("note" in item) {
      endRow();
      blocks.push(noteBlock(item.note[language]));
    } else if ("table" in item) {
      endRow();
      blocks.push(...tableBlocks(item, number, language));
    } else {
      const used = row.reduce((sum, { field }) => sum + field.width, 0);
      if (used + item.width > 12) endRow();
      row.push({ field: item, number });
    }
  }
  endRow();
  return blocks;
}

function sectionBar(section: FormSection, language: FormLanguage): Block {
  return {
    height: BAR_HEIGHT,
    keepWithNext: true,
    gap: SECTION_GAP,
    draw: ({ marks }, top) => {
      const y = top - BAR_HEIGHT;
      marks.push(
        { kind: "fill", x: PAGE.left, y, width: CONTENT_WIDTH, height: BAR_HEIGHT, colour: COLOUR.bar },
        { kind: "fill", x: PAGE.left, y, width: 3, height: BAR_HEIGHT, colour: COLOUR.accent },
        label(PAGE.left + 9, y + 5.4, section.number, SIZE.section, "bold", COLOUR.accent),
        label(PAGE.left + 30, y + 5.4, section.title[language], SIZE.section, "bold", COLOUR.accent),
      );
    },
  };
}

function noteBlock(text: string): Block {
  const lines = wrapText(text, fontFace("regular"), SIZE.note, CONTENT_WIDTH - 8);
  return {
    height: lines.length * LEADING.note + 7,
    keepWithNext: true,
    gap: 0,
    draw: ({ marks }, top) =>
      lines.forEach((line, at) => {
        const y = top - 12 - at * LEADING.note;
        marks.push(label(PAGE.left + 4, y, text.slice(line.start, line.end), SIZE.note, "regular", COLOUR.ink));
      }),
  };
}

function fieldRow(row: readonly { field: ItemField; number: string }[], language: FormLanguage): Block {
  const height = Math.max(...row.map(({ field, number }) => fieldHeight(field, number, language)));
  return {
    height,
    keepWithNext: false,
    gap: 0,
    draw: (page, top) => {
      let x: number = PAGE.left;
      for (const { field, number } of row) {
        drawField(page, field, number, language, { x, top, width: field.width * COLUMN, height });
        x += field.width * COLUMN;
      }
    },
  };
}

function tableBlocks(table: ItemTable, number: string, language: FormLanguage): Block[] {
  const rowLabelWidth = (table.rowLabelWidth ?? 0) * COLUMN;
  const head = tableHead(table, rowLabelWidth, language);
  const caption: Block = {
    height: CAPTION,
    keepWithNext: true,
    gap: 3,
    draw: ({ marks }, top) => {
      const title = `${number}  ${table.label[language]}`;
      marks.push(label(PAGE.left + 4, top - 11, title, SIZE.note, "bold", COLOUR.ink));
    },
  };
  const count = tableRows(table).length;
  const rows = tableRows(table).map((row, at): Block => {
    const lines = row.label ? wrapLabel(row.label[language], rowLabelWidth - 8) : [];
    const height = Math.max(TABLE_ROW, lines.length * LEADING.label + 6);
    return {
      height,
      keepWithNext: at < count - 1 && (count <= SHORT_TABLE || at === 0 || at === count - 2),
      gap: 0,
      repeated: head,
      draw: (page, top) => {
        const y = top - height;
        if (rowLabelWidth > 0) page.marks.push(frame(PAGE.left, y, rowLabelWidth, height));
        drawLines(page.marks, lines, PAGE.left + 4, top - (height - lines.length * LEADING.label) / 2 - 7.4);
        let x = PAGE.left + rowLabelWidth;
        for (const column of table.columns) {
          const width = column.width * COLUMN;
          page.marks.push(frame(x, y, width, height));
          page.widgets.push({
            field: cellName(table.table, row.name, column.name),
            kind: column.kind === "check" ? "check" : "text",
            tooltip: [table.label, row.label, column.label].flatMap(words(language, row.name)).join(", "),
            x: x + 1,
            y: y + (height - TABLE_ROW) / 2 + 1,
            width: width - 2,
            height: TABLE_ROW - 2,
          });
          x += width;
        }
      },
    };
  });
  return [caption, head, ...rows];
}

/** A row without a name is told by its number, which a screen reader needs. */
const words = (language: FormLanguage, row: string) => (part: LocalizedText | undefined) => [part?.[language] ?? row];

function tableHead(table: ItemTable, rowLabelWidth: number, language: FormLanguage): Block {
  const columns = table.columns.map((column) => wrapLabel(column.label[language], column.width * COLUMN - 8));
  const height = Math.max(...columns.map((lines) => lines.length)) * LEADING.label + 5;
  return {
    height,
    keepWithNext: true,
    gap: 0,
    draw: ({ marks }, top) => {
      const widths = [
        ...(rowLabelWidth > 0 ? [rowLabelWidth] : []),
        ...table.columns.map(({ width }) => width * COLUMN),
      ];
      let x: number = PAGE.left;
      widths.forEach((width, at) => {
        const lines = columns[rowLabelWidth > 0 ? at - 1 : at] ?? [];
        marks.push({ kind: "fill", x, y: top - height, width, height, colour: COLOUR.head });
        marks.push(frame(x, top - height, width, height));
        drawLines(marks, lines, x + 4, top - 9.4);
        x += width;
      });
    },
  };
}

function wrapLabel(text: string, width: number): string[] {
  return wrapText(text, fontFace("regular"), SIZE.label, width).map(({ start, end }) => text.slice(start, end));
}

function drawLines(marks: Mark[], lines: readonly string[], x: number, firstBaseline: number): void {
  lines.forEach((line, at) => {
    marks.push(label(x, firstBaseline - at * LEADING.label, line, SIZE.label, "regular", COLOUR.ink));
  });
}

const frame = (x: number, y: number, width: number, height: number): Mark => ({
  kind: "frame",
  x,
  y,
  width,
  height,
  colour: COLOUR.line,
  thickness: 0.6,
});

function label(
  x: number,
  y: number,
  text: string,
  size: number,
  weight: "regular" | "bold",
  colour: readonly [number, number, number],
): Mark {
  return { kind: "text", x, y, text, size, weight, colour };
}
