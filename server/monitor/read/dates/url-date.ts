import { localDay } from '../../../../shared/base/time.ts'
import { isRealDay } from './dates.ts'

/** The date a link's path carries; `day` is null for a month folder such as `/202012/`. */
export interface UrlDate {
  year: number
  month: number
  day: number | null
}

const EPOCH_MS = /\/(1[0-9]\d{11})\d{0,22}(?:[-._/]|$)/
const PATTERNS = [
  // TRS: t20201230_123.html; others: 20201230-uuid, content_20201230, W020201230…
  /(?:^|[/_\-tT=])(20[0-4]\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[_./-]|$)/,
  // /2020/12/30/, /2020-12-30/, /2018-05/03/, /2020/0414/, /2020/12-30/
  /(?:^|[/_-])(20[0-4]\d)[/_-]?(0?[1-9]|1[0-2])[/_-](0?[1-9]|[12]\d|3[01])(?=[_./-]|$)/,
  /(?:^|\/)(20[0-4]\d)\/(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[_./-]|$)/,
]
const MONTH = /(?:^|\/)(20[0-4]\d)[/_-]?(0[1-9]|1[0-2])(?=\/)/

/** Reads the date content systems put into the addresses of articles; null when there is none. */
export function urlDate(href: string): UrlDate | null {
  if (href.length < 8 || href.length > 1_000 || !/\d{4}/.test(href)) return null
  const path = pathOf(href)
  for (const pattern of PATTERNS) {
    const found = full(pattern.exec(path))
    if (found) return found
  }
  const epoch = EPOCH_MS.exec(path)
  if (epoch) return ofEpoch(Number(epoch[1]))
  const month = MONTH.exec(path)
  return month ? { year: Number(month[1]), month: Number(month[2]), day: null } : null
}

function pathOf(href: string): string {
  const local = href.includes('://') ? href.replace(/^[a-z]+:\/\/[^/]*/i, '') : href
  return local.includes('?') || local.includes('#') ? local.replace(/[?#].*$/, '') : local
}

function full(match: RegExpExecArray | null): UrlDate | null {
  if (match === null) return null
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return isRealDay(year, month, day) ? { year, month, day } : null
}

/** The local day of an instant in epoch milliseconds. */
export function ofEpoch(ms: number): { year: number; month: number; day: number } {
  const [year = 0, month = 0, day = 0] = localDay(ms).split('-').map(Number)
  return { year, month, day }
}
