import type { Running } from './running.ts'

/*
 * Frames that are all of a page, by what they and its sheets say of their size: a counter, a map or a film in a frame is none.
 */

const FRAME = /<(i?)frame\b([^>]{0,1000})/gi
const SOURCE = /(?:^|[\s"'])src\s{0,9}=\s{0,9}["']?\s{0,9}([^"'\s>]{1,1000})/i
const HIDDEN =
  /\shidden(?:[\s=/]|$)|display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden|opacity\s{0,9}:\s{0,9}0(?![.\d])/i
const SHEETS = /<style\b[^>]{0,500}>([\s\S]*?)(?:<\/style|$)/gi
const WHOLE = /100%|100[ds]?v[wh]/i
const INSET = /[;"'\s]inset\s{0,9}:\s{0,9}0/i
const sizeOf = (name: string): RegExp =>
  new RegExp(
    String.raw`(?:^|[\s"';])${name}\s{0,9}[=:]\s{0,9}["']?\s{0,9}(\d{1,5})(?:\.\d{1,5})?\s{0,9}(%|[ds]?v[wh])?`,
    'i',
  )
const [WIDTH, HEIGHT] = [sizeOf('width'), sizeOf('height')]
/** Pixels, and shares of a window in per cent, from which on a frame leaves nothing of a page. */
const [LEAST_WIDTH, LEAST_HEIGHT, LEAST_SHARE] = [800, 500, 90]

/** The addresses of frames that are shown over all of a page. @param markup the page without its scripts */
export function fullFrames(markup: string, scripts: readonly Running[]): string[] {
  const found = [...markup.matchAll(FRAME), ...scripts.flatMap((script) => script.matches(FRAME))]
  let isSheetWhole: boolean | null = null
  return found.flatMap(([, inline, said = '']) => {
    const source = SOURCE.exec(said)?.[1]
    if (source === undefined || HIDDEN.test(said)) return []
    // The frames of a frameset share the window.
    if (inline === '') return [source]
    const sizes = [isFull(said, WIDTH, LEAST_WIDTH), isFull(said, HEIGHT, LEAST_HEIGHT)]
    if (sizes.includes(false)) return []
    if (!sizes.includes(null) || INSET.test(said)) return [source]
    isSheetWhole ??= [...markup.matchAll(SHEETS)].some(([, sheet = '']) => WHOLE.test(sheet))
    return isSheetWhole ? [source] : []
  })
}

/** Null: it does not say. */
function isFull(said: string, form: RegExp, least: number): boolean | null {
  const [, figure, unit] = form.exec(said) ?? []
  if (figure === undefined) return null
  return Number(figure) >= (unit ? LEAST_SHARE : least)
}
