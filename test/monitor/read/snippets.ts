import { type PageInput, readPage } from '../../../server/monitor/read/read.ts'
import type { Finding } from '../../../shared/monitor/freshness/freshness.ts'

/** Today in these tests, unless one says otherwise. */
export const REF = '2021-04-07'

/** A whole page around `body`. */
export function page(body: string, head = ''): string {
  return `<!DOCTYPE html><html><head><meta charset="utf-8"><title>某某县人民政府</title>${head}</head><body>${body}</body></html>`
}

/** A list of linked items, each followed by its date in a span. */
export function list(...dates: string[]): string {
  const items = dates.map(
    (date, i) => `<li><a href="/a/${i}.html">关于做好第${i}项工作的通知</a><span>${date}</span></li>`,
  )
  return `<ul>${items.join('')}</ul>`
}

/** Reads a page given as text. */
export function read(html: string, input: Partial<Omit<PageInput, 'bytes'>> = {}): Finding {
  return readPage({ bytes: new TextEncoder().encode(html), kind: 'home', ref: REF, ...input })
}

/** The newest date of a body, as a home page unless said otherwise. */
export function newest(body: string, input: Partial<Omit<PageInput, 'bytes'>> = {}): string | null {
  return read(page(body), input).newest
}
