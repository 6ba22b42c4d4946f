import type { Bars } from '../../../../shared/census/documents/paper.ts'

/** The colours of the states on paper, the worse the darker (docs/design.md). */
const COLOURS: Readonly<Record<string, string>> = {
  vetoed: '#7a061a',
  failed: '#983c00',
  open: '#b9c0c7',
  passed: '#838f99',
}
const PLAIN = '#3a6ddb'
const INK = '#222222'
const FONT = 'Noto Sans SC, Noto Sans CJK SC, SimHei, Microsoft YaHei, sans-serif'
const [ROW, BAR, TOP, WIDTH, NAMES, RIGHT] = [24, 15, 46, 640, 190, 56]
/** So many signs of a name have room. */
const MOST_NAME = 14

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '&quot;')
const label = (x: number, y: number, text: string, anchor: 'start' | 'end' = 'start', size = 12) =>
  `<text x="${x.toFixed(1)}" y="${y}" font-size="${size}" font-family="${FONT}" fill="${INK}" text-anchor="${anchor}">${escaped(text)}</text>`

/** How large the picture of a chart is, in px. */
export const sizeOfChart = ({ names }: Pick<Bars, 'names'>) => ({
  width: WIDTH,
  height: TOP + names.length * ROW + 8,
})

/** Lying bars as SVG, in attributes alone, so that a page's policy need allow no styles. */
export function chartSvg(bars: Bars): string {
  const { width, height } = sizeOfChart(bars)
  const { title, names, series } = bars
  const sums = names.map((_, row) => series.reduce((sum, { values }) => sum + (values[row] ?? 0), 0))
  const scale = (width - NAMES - RIGHT) / Math.max(1, ...sums)
  const legend = series.length < 2 ? [] : legendOf(series)
  const rows = names.flatMap((name, row) => {
    const y = TOP + row * ROW
    let x = NAMES
    const pieces = series.flatMap(({ key, values }) => {
      const wide = (values[row] ?? 0) * scale
      const piece = `<rect x="${x.toFixed(1)}" y="${y}" width="${wide.toFixed(1)}" height="${BAR}" fill="${COLOURS[key] ?? PLAIN}"/>`
      x += wide
      return wide > 0 ? [piece] : []
    })
    const short = name.length > MOST_NAME ? `${name.slice(0, MOST_NAME - 1)}…` : name
    return [label(NAMES - 8, y + 12, short, 'end'), ...pieces, label(x + 5, y + 12, String(sums[row] ?? 0))]
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(title)}">${label(0, 15, title, 'start', 14)}${legend.join('')}${rows.join('')}</svg>`
}

function legendOf(series: Bars['series']): string[] {
  let x = NAMES
  return series.flatMap(({ key, label: said }) => {
    const at = x
    x += 34 + [...said].length * 13
    return [
      `<rect x="${at}" y="25" width="12" height="12" fill="${COLOURS[key] ?? PLAIN}"/>`,
      label(at + 17, 35, said),
    ]
  })
}
