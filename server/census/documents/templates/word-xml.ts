import { isNumeric } from '../../../../shared/census/documents/documents-rules.ts'
import type { Bars, PaperSection, PaperTable } from '../../../../shared/census/documents/paper.ts'
import { xmlText } from '../../../base/sheet/xml-text.ts'
import { sizeOfChart } from '../paper/chart.ts'

/** Width of the type area in twips (156 mm), and EMU of a px. */
const AREA = 8844
const EMU = 9525
/** In twips: no picture is higher, so that what is said of it stands on the same page. */
const HIGHEST = 11_000
/** Signs that a column counts for at most, so that one long text leaves room for the others. */
const [LEAST, MOST] = [7, 36]

const border = (side: string) => `<w:${side} w:val="single" w:sz="4" w:space="0" w:color="808080"/>`
const BORDERS = ['top', 'left', 'bottom', 'right', 'insideH', 'insideV'].map(border).join('')

/** Half points: fewer where there are many columns. */
const sizeFor = (columns: number): number => (columns > 9 ? 13 : columns > 6 ? 16 : 18)

function cellXml(
  text: string,
  width: number,
  how: { size: number; isBold: boolean; isRight: boolean },
): string {
  const bold = how.isBold ? '<w:b/>' : ''
  const side = how.isRight ? '<w:jc w:val="right"/>' : ''
  const shade = how.isBold ? '<w:shd w:val="clear" w:color="auto" w:fill="EEEEEE"/>' : ''
  return `<w:tc><w:tcPr><w:tcW w:w="${width}" w:type="dxa"/>${shade}</w:tcPr><w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="240" w:lineRule="auto"/>${side}</w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="FangSong"/>${bold}<w:sz w:val="${how.size}"/><w:szCs w:val="${how.size}"/></w:rPr><w:t xml:space="preserve">${xmlText(text)}</w:t></w:r></w:p></w:tc>`
}

/** A square sign takes the room of two others. */
const roomOf = (text: string): number => [...text].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 2 : 1), 1)

/** How long the text of each column is, within bounds, as shares of the width. */
function widthsOf(heads: readonly string[], rows: readonly (readonly string[])[]): number[] {
  const some = rows.slice(0, 200)
  const lengths = heads.map((head, at) => {
    const longest = Math.max(roomOf(head), ...some.map((row) => roomOf(row[at] ?? '')))
    return Math.min(MOST, Math.max(LEAST, longest))
  })
  const all = lengths.reduce((sum, one) => sum + one, 0)
  return lengths.map((one) => Math.floor((one / all) * AREA))
}

/** A table with a heading that is repeated on every page. @param rows its cells as they are written */
export function tableXml({ columns }: PaperTable, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const heads = columns.map(({ label }) => label)
  const widths = widthsOf(heads, rows)
  const size = sizeFor(columns.length)
  const right = columns.map(({ type }) => isNumeric(type))
  const rowXml = (cells: readonly string[], isBold: boolean) =>
    `<w:tr><w:trPr><w:cantSplit/>${isBold ? '<w:tblHeader/>' : ''}</w:trPr>${cells
      .map((cell, at) =>
        cellXml(cell, widths[at] ?? 0, { size, isBold, isRight: !isBold && (right[at] ?? false) }),
      )
      .join('')}</w:tr>`
  const grid = widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('')
  return `<w:tbl><w:tblPr><w:tblW w:w="${AREA}" w:type="dxa"/><w:tblBorders>${BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>${grid}</w:tblGrid>${rowXml(heads, true)}${rows.map((row) => rowXml(row, false)).join('')}</w:tbl>`
}

/**
 * A picture of a chart: PNG, as every program reads one, and as SVG for those that do. Its figures stand in the table beside it.
 * @param n its number in the document, the first is 1
 */
export function pictureXml(bars: Bars, n: number, { png, svg }: { png: string; svg: string }): string {
  const asSvg = `<a:extLst><a:ext uri="{96DAC541-7B7A-43D3-8B79-37D633B846F1}"><asvg:svgBlip xmlns:asvg="http://schemas.microsoft.com/office/drawing/2016/SVG/main" r:embed="${svg}"/></a:ext></a:extLst>`
  return drawingXml({ id: 1000 + n, name: bars.title, size: sizeOfChart(bars), related: png, more: asSvg })
}

/**
 * A picture of a page with what is said of it below.
 * @param n its number in the document, the first is 1
 */
export function photographXml(
  { caption, width, height }: PaperSection['pictures'][number],
  n: number,
  related: string,
): string {
  return (
    drawingXml({ id: 2000 + n, name: caption, size: { width, height }, related, more: '' }) +
    captionXml(caption)
  )
}

/** What is said of a picture, small. */
export const captionXml = (caption: string): string =>
  `<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto" w:after="120"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="FangSong"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr><w:t xml:space="preserve">${xmlText(caption)}</w:t></w:r></w:p>`

interface Drawing {
  readonly id: number
  readonly name: string
  /** px. */
  readonly size: { readonly width: number; readonly height: number }
  /** By what the document knows the file. */
  readonly related: string
  /** Markup of the same picture in another form. */
  readonly more: string
}

/** A paragraph of a picture alone, as large as it is, and no larger than the type area. */
function drawingXml({ id, name: said, size: { width, height }, related, more }: Drawing): string {
  const scale = Math.min(1, (AREA * 635) / (width * EMU), (HIGHEST * 635) / (height * EMU))
  const [cx, cy] = [Math.round(width * EMU * scale), Math.round(height * EMU * scale)]
  const name = xmlText(said)
  return `<w:p><w:pPr><w:spacing w:line="240" w:lineRule="auto"/></w:pPr><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="${cx}" cy="${cy}"/><wp:docPr id="${id}" name="${name}" descr="${name}"/><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="${id}" name="${name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="${related}">${more}</a:blip><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="${cx}" cy="${cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>`
}
