import type { Page } from 'playwright-core'

/** Signs that are named of one page. */
const MOST = 20

/**
 * The rare characters of a page that no font of this machine has, so that its picture shows boxes in their places: names of persons and
 * places often have one. Whatever a page answers is looked at like anything that a page says.
 */
export async function boxesOn(page: Page): Promise<string> {
  const said: unknown = await page.evaluate(unseen, NOBODYS).catch(() => '')
  if (typeof said !== 'string') return ''
  return [...new Set(said.slice(0, 1_000).match(/\p{Script=Han}/gu) ?? [])].slice(0, MOST).join('')
}

/** A character that nobody has a font for. */
const NOBODYS = '\u{323ae}'

/** Run in the page, as a function of its own text: what is drawn as a sign is drawn that nobody has is such a box. */
function unseen(nobodys: string): string {
  const text = document.body?.innerText.slice(0, 200_000) ?? ''
  const signs = [nobodys, ...new Set(text.match(/[\u3400-\u9fff\u{20000}-\u{323af}]/gu) ?? [])]
  const canvas = document.createElement('canvas')
  canvas.width = 24
  canvas.height = 24
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) return ''
  pen.font = '16px sans-serif'
  pen.textBaseline = 'top'
  const prints = signs.map((sign) => {
    pen.clearRect(0, 0, 24, 24)
    pen.fillText(sign, 2, 2)
    const { data } = pen.getImageData(0, 0, 24, 24)
    let print = 7
    for (let at = 3; at < data.length; at += 4) print = (print * 31 + (data[at] ?? 0)) | 0
    return print
  })
  return signs.filter((_, n) => n > 0 && prints[n] === prints[0]).join('')
}
