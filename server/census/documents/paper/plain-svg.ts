import { xmlText } from '../../../base/sheet/xml-text.ts'

/** Of the size of its signs, how far below its middle a line of text stands. */
const BELOW_MIDDLE = 0.35

/**
 * What ECharts has drawn, as every reader of SVG understands it: attributes in place of styles, which a page's policy
 * forbids; text by its base line, as Word and LibreOffice know no other; and nothing that is of use to a pointer alone.
 */
export function plainSvg(drawn: string, title: string): string {
  return drawn
    .replace(/<style\b[\s\S]*?<\/style>/g, '')
    .replace(/ (?:ecmeta_\w+|class|pointer-events|version|baseProfile|xmlns:xlink)="[^"]*"/g, '')
    .replace(/<(?:path|rect)\b[^>]*\bfill="none"[^>]*>\s*<\/(?:path|rect)>/g, (one) =>
      /\bstroke="/.test(one) ? one : '',
    )
    .replace(/<path\b[^>]*\bfill-opacity="0"[^>]*><\/path>/g, '')
    .replace(/<text\b[^>]*>/g, plainText)
    .replace(/\n/g, '')
    .replace('<svg ', `<svg role="img" aria-label="${xmlText(title)}" `)
}

function plainText(tag: string): string {
  const styles = [...(/ style="([^"]*)"/.exec(tag)?.[1] ?? '').matchAll(/([\w-]+):([^;]+)/g)]
  const attributes = styles.map(([, name, value]) => ` ${name}="${value?.trim()}"`).join('')
  const size = Number(/font-size="([\d.]+)/.exec(attributes)?.[1] ?? 12)
  const isMiddle = tag.includes('dominant-baseline="central"')
  const down = isMiddle ? ` dy="${(size * BELOW_MIDDLE).toFixed(1)}"` : ''
  return tag
    .replace(/ (?:style|dominant-baseline|xml:space)="[^"]*"/g, '')
    .replace('<text', `<text${attributes}${down}`)
}
