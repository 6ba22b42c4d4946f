import type { ColumnNeglect, DemoCast, HomeStyle } from './cast.ts'
import { chance, pick } from './random.ts'

/** Looks of the content management systems that the pages are made in the manner of. */
export const LOOKS = ['trs', 'siteserver', 'jcms', 'gkmlpt', 'asp', 'dede'] as const
export type Look = (typeof LOOKS)[number]

/** The bytes are in the first, and what is said of them is the second. */
export const ENCODINGS = ['utf8', 'gbk', 'gbk_unsaid', 'gbk_as_utf8', 'utf8_as_gbk'] as const
export type Encoding = (typeof ENCODINGS)[number]

/** "今天是…" at the head of the page: written by a script in the browser, or by the server each day. */
export type HeaderClock = 'none' | 'script' | 'server'

/** What never changes about a site's pages and its server. */
export interface Traits {
  readonly look: Look
  readonly encoding: Encoding
  readonly home: HomeStyle
  /** Which of its columns are not kept up. */
  readonly columns: ColumnNeglect | null
  /** Dates in lists without their year. */
  readonly shortDates: boolean
  readonly clock: HeaderClock
  /** An old item stands first in the first list. */
  readonly pinned: boolean
  /** A visit counter makes each answer another. */
  readonly counter: boolean
  /** The server answers conditional requests. */
  readonly validators: boolean
  readonly latencyMs: number
}

/** Only these put the year into an article's address, without which a bare month and day may be of any year. */
const DATED_ADDRESSES: ReadonlySet<Look> = new Set(['trs', 'jcms', 'dede'])

/** A page that shows no dates must not give them away in its addresses either. */
const UNDATED_LOOKS = LOOKS.filter((look) => !DATED_ADDRESSES.has(look))

export function traitsOf(cast: DemoCast, index: number): Traits {
  const salt = cast.seed * 1_000 + index
  const home = cast.homes.get(index) ?? null
  const look = pick(home === 'undated' ? UNDATED_LOOKS : LOOKS, salt, 21)
  const counter = chance(salt, 22) < 0.03
  return {
    look,
    home,
    columns: cast.columns.get(index) ?? null,
    counter,
    encoding: encodingOf(chance(salt, 23)),
    shortDates: DATED_ADDRESSES.has(look) && home !== 'forged' && chance(salt, 24) < 0.3,
    clock: clockOf(chance(salt, 25)),
    pinned: chance(salt, 26) < 0.2,
    validators: !counter && chance(salt, 27) < 0.6,
    latencyMs: latencyOf(salt),
  }
}

function encodingOf(share: number): Encoding {
  if (share < 0.75) return 'utf8'
  if (share < 0.9) return 'gbk'
  if (share < 0.94) return 'gbk_unsaid'
  return share < 0.97 ? 'gbk_as_utf8' : 'utf8_as_gbk'
}

function clockOf(share: number): HeaderClock {
  if (share < 0.6) return 'none'
  return share < 0.92 ? 'script' : 'server'
}

/** Most answer within 20 to 150 ms, one in ten within 600, and a few old machines need 1 to 3 s. */
function latencyOf(salt: number): number {
  const share = chance(salt, 28)
  const place = chance(salt, 29)
  if (share < 0.87) return Math.round(20 + 130 * place * place)
  return Math.round(share < 0.97 ? 150 + 450 * place : 1_000 + 2_000 * place)
}
