/*
 * Pages within a page, put where they stand. What is looked for is found sign by sign: a pattern that looks for a tag goes through
 * the rest of the page from each place that begins like one, and a page may have nothing else.
 */

const FRAME_END = '</iframe>'

/** A page with another in the place of the frame that is marked so (`data-inner`). */
export function inPlaceOf(html: string, name: string, part: string): string {
  const mark = html.indexOf(`data-inner="${name}"`)
  const from = mark < 0 ? -1 : html.lastIndexOf('<', mark)
  const end = mark < 0 ? -1 : html.indexOf('>', mark)
  if (from < 0 || end < 0) return html
  // What stands in a frame for browsers that know none is not seen.
  const close = html.startsWith('<iframe', from) ? html.indexOf(FRAME_END, end) : -1
  const rest = close < 0 ? end + 1 : close + FRAME_END.length
  return `${html.slice(0, from)}<div>${part}</div>${html.slice(rest)}`
}

/** What stands within `<body>`, as browsers write it; all of it where there is none. */
export function bodyOf(html: string): string {
  const begin = html.indexOf('<body')
  const from = begin < 0 ? -1 : html.indexOf('>', begin)
  const end = html.lastIndexOf('</body>')
  return from < 0 || end <= from ? html : html.slice(from + 1, end)
}
