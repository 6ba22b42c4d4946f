/*
 * Makes the templates that the product brings, laid out as GB/T 9704-2012 lays out official documents:
 * `node server/census/documents/templates/make-built-in.mjs`. What they say is in their tags, so that one serves every
 * language; fonts are named and none is embedded.
 */
import { writeFileSync } from 'node:fs'
import { AlignmentType, BorderStyle, Document, Footer, Packer, PageNumber, Paragraph, TextRun } from 'docx'

/** Half points: size 2, 3, 4 and the small ones of tables. */
const [SIZE_2, SIZE_3, SIZE_4, SMALL] = [44, 32, 28, 21]
const BODY = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: 'FangSong' }
const TITLE = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: 'FZXiaoBiaoSong-B05S' }
const HEADING = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: 'SimHei' }
const KAI = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: 'KaiTi' }
const RED = 'C00000'
/** A4, and a type area of 156 × 225 mm, in twips; 22 lines of 28 signs. */
const PAGE = {
  size: { width: 11906, height: 16838 },
  margin: { top: 2098, bottom: 1984, left: 1588, right: 1474, footer: 1400 },
}
const GRID = { type: 'lines', linePitch: 579 }
/** Twips by which signs are closer: 28 of 16 pt in 156 mm. A grid of signs is not laid out alike by all programs. */
const CLOSER = -4
/** Two signs of the body. */
const INDENT = { firstLine: 640 }

const run = (text, font = BODY, size = SIZE_3, more = {}) =>
  new TextRun({ text, font, size, ...(size === SIZE_3 && { characterSpacing: CLOSER }), ...more })
const line = (text, { font = BODY, size = SIZE_3, indent = INDENT, ...more } = {}, of = {}) =>
  new Paragraph({ children: [run(text, font, size, of)], indent, ...more })
const plain = (text, more = {}) => line(text, { indent: {}, ...more })
const tag = (text) => plain(text, { size: SMALL })

const head = [
  line(
    '{office}',
    { font: TITLE, size: 52, indent: {}, alignment: AlignmentType.CENTER, spacing: { before: 400 } },
    { color: RED },
  ),
  plain('{number}', {
    alignment: AlignmentType.CENTER,
    spacing: { before: 300, after: 200 },
    border: { bottom: { style: BorderStyle.SINGLE, size: 18, color: RED, space: 8 } },
  }),
  plain(''),
  plain('{title}', {
    font: TITLE,
    size: SIZE_2,
    alignment: AlignmentType.CENTER,
    spacing: { line: 640, after: 300 },
  }),
  tag('{#note}'),
  plain('{.}'),
  tag('{/note}'),
]

const chapters = [
  tag('{#sections}'),
  line('{heading}', { font: HEADING }),
  tag('{#hasText}'),
  line('{text}'),
  tag('{/hasText}'),
  tag('{@picture}'),
  tag('{#tables}'),
  plain('{caption}', { font: KAI, size: SIZE_4 }),
  tag('{@table}'),
  tag('{#rest}'),
  plain('{.}', { size: SMALL }),
  tag('{/rest}'),
  tag('{/tables}'),
  tag('{/sections}'),
]

const demands = [
  tag('{#hasRequirements}'),
  line('{requirementsHeading}', { font: HEADING }),
  tag('{#requirements}'),
  line('{.}'),
  tag('{/requirements}'),
  tag('{#due}'),
  line('{.}'),
  tag('{/due}'),
  tag('{/hasRequirements}'),
]

/** The office and below it the day, four signs from the right, where the seal goes. */
const signature = [
  plain(''),
  plain('{office}', { alignment: AlignmentType.RIGHT, indent: { right: 640 } }),
  plain('{date}', { alignment: AlignmentType.RIGHT, indent: { right: 1280 } }),
  plain(''),
]

const basis = [
  plain('{basisHeading}', { font: HEADING, size: SIZE_4 }),
  tag('{#basis}'),
  plain('{label}: {value}', { size: SMALL }),
  tag('{/basis}'),
  plain('{signed}', { size: SMALL }),
]

/** To be torn off: the unit says that it has it. */
const receipt = [
  plain('', { pageBreakBefore: true }),
  plain('{receiptTitle}', { font: TITLE, size: SIZE_2, alignment: AlignmentType.CENTER }),
  plain(''),
  tag('{#receipt}'),
  plain('{.}: ____________________________', { spacing: { after: 200 } }),
  tag('{/receipt}'),
]

const page = (alignment, indent) =>
  new Footer({
    children: [
      new Paragraph({
        alignment,
        indent,
        children: [new TextRun({ children: ['— ', PageNumber.CURRENT, ' —'], font: BODY, size: SIZE_4 })],
      }),
    ],
  })

const LAYOUTS = {
  default: [...head, ...chapters, ...demands, ...signature, ...basis],
  notice: [...head, ...chapters, ...demands, ...signature, ...basis, ...receipt],
}

for (const [name, children] of Object.entries(LAYOUTS)) {
  const document = new Document({
    creator: 'Siteward',
    evenAndOddHeaderAndFooters: true,
    styles: {
      default: { document: { run: { font: BODY, size: SIZE_3 }, paragraph: { spacing: { line: 579 } } } },
    },
    sections: [
      {
        properties: { page: PAGE, grid: GRID },
        footers: {
          default: page(AlignmentType.RIGHT, { right: 320 }),
          even: page(AlignmentType.LEFT, { left: 320 }),
        },
        children,
      },
    ],
  })
  writeFileSync(new URL(`./built-in/${name}.docx`, import.meta.url), await Packer.toBuffer(document))
}
