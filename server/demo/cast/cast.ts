import { groupBy } from '../../../shared/base/lists/group.ts'
import { DAY, HOUR, MINUTE } from '../../../shared/base/time.ts'
import type { OutageKind, Part, Shape } from '../fleet/outages.ts'
import { instantOf } from './calendar.ts'
import { choose, mix, shuffle } from './random.ts'
import { type DemoSite, demoRegister } from './register.ts'
import { makeRota, type Rota } from './rota.ts'

/** What is special about a home page whose newest item is not simply there to be read. */
export type HomeStyle = 'undated' | DrawnStyle | 'entrance' | 'refresh' | 'forged' | null

/**
 * Lists that only a browser shows: asked for by a script, kept in its data, in a page within the page that asks for
 * them, chosen by what stands after the `#` of the address, or asked for only as far as somebody has scrolled.
 */
export const DRAWN_STYLES = [
  'script_list',
  'script_data',
  'script_frame',
  'script_hash',
  'script_scroll',
] as const
export type DrawnStyle = (typeof DRAWN_STYLES)[number]

/** Whether a script draws the lists of such a home page. */
export function isDrawn(home: HomeStyle): home is DrawnStyle {
  return DRAWN_STYLES.some((style) => style === home)
}

/** Whether the page holds what its script shows, as data: that can be read without a browser. */
export function holdsItsItems(home: HomeStyle): boolean {
  return home === 'script_data' || home === 'script_hash'
}

/**
 * Whose columns are not kept up. `stale`: six more of them that nobody has written in for months (V3a); `blank`: five
 * that never had an item (V3c); `few_blank`: three of those, which is close to it.
 */
export const COLUMN_NEGLECTS = ['stale', 'blank', 'few_blank'] as const
export type ColumnNeglect = (typeof COLUMN_NEGLECTS)[number]

/** Who plays what: the outages that each site takes part in, and how its home page is kept. */
export interface DemoCast {
  readonly seed: number
  readonly sites: readonly DemoSite[]
  /** By site index. */
  readonly parts: readonly (readonly Part[])[]
  /** The rota of unattended sites that a site belongs to, by site index. */
  readonly neglect: ReadonlyMap<number, Rota>
  readonly homes: ReadonlyMap<number, Exclude<HomeStyle, null>>
  readonly columns: ReadonlyMap<number, ColumnNeglect>
  /** Sites that publish every 13 days only, and so come close to the veto again and again. */
  readonly slow: ReadonlySet<number>
}

const WEB_TROUBLE: readonly OutageKind[] = [
  'http_503',
  'http_503',
  'http_502',
  'http_502',
  'http_500',
  'silent',
  'silent',
  'slow',
  'slow',
  'reset',
  'refused',
  'closed',
  'trickle',
  'truncated',
  'redirect_loop',
  'empty',
  'http_404',
  'firewall',
]
const TLS_TROUBLE: readonly OutageKind[] = [...WEB_TROUBLE, 'tls_wrong_host', 'tls_self_signed']
const PLATFORM_TROUBLE: readonly OutageKind[] = ['http_502', 'http_503', 'silent', 'refused']

/** A role that `count` sites of a pool play by turns. */
interface Role {
  readonly pool: number
  readonly turnMs: number
  readonly shape: Shape
  readonly kinds: readonly OutageKind[]
  readonly needsHttps?: boolean
}

/** Over the 5 % of V1 for weeks: closed without filing, an expired certificate, and two servers that keep failing. */
const DEAD: readonly Role[] = [
  {
    pool: 12,
    turnMs: 12 * DAY,
    shape: { kind: 'whole' },
    kinds: ['refused', 'http_404', 'http_503', 'silent'],
  },
  { pool: 12, turnMs: 10 * DAY, shape: { kind: 'whole' }, kinds: ['tls_expired'], needsHttps: true },
  ...[30, 27].map(
    (days): Role => ({
      pool: 12,
      turnMs: days * DAY,
      shape: { kind: 'repeated', every: 6 * HOUR, min: 26 * MINUTE, max: 50 * MINUTE },
      kinds: ['http_502', 'silent', 'reset', 'slow'],
    }),
  ),
]

/** Between the 3 % of the early warning and the 5 % of the veto: about 18 minutes in each 8 hours. */
const SHAKY: readonly Role[] = [21, 18, 24, 20].map((days) => ({
  pool: 10,
  turnMs: days * DAY,
  shape: { kind: 'repeated', every: 8 * HOUR, min: 17.5 * MINUTE, max: 19.5 * MINUTE },
  kinds: ['http_503', 'http_500', 'slow', 'silent'],
}))

/** A firewall that takes the monitor for an attacker. */
const WALLED: readonly Role[] = [9, 11, 8].map((days) => ({
  pool: 10,
  turnMs: days * DAY,
  shape: { kind: 'whole' },
  kinds: ['firewall', 'firewall', 'captcha'],
}))

/** Turns of the passing outages in minutes: about half of each is an outage, so about four run at any time. */
const PASSING_TURNS_MIN = [8, 8, 13, 21, 34, 55, 90, 150]
/** Days for which a site is left unattended; the last two are the zombies (僵尸网站). */
const NEGLECT_DAYS: readonly (readonly [pool: number, days: number])[] = [
  [14, 28],
  [14, 24],
  [14, 33],
  [14, 26],
  [14, 30],
  [4, 1_000],
  [4, 1_100],
]
const PLATFORM_TURN_MS = 20 * HOUR
/** Every few weeks one of them fails for so long that it is remembered. */
const OUTAGE_TURN_MS = 24 * DAY
/** A platform is worth an incident of its own when this many sites run on it. */
const LARGE_PLATFORM = 10

const casts = new Map<number, DemoCast>()

/** The cast of a seed; the same for every caller, made once. */
export function castOf(seed: number): DemoCast {
  const known = casts.get(seed)
  if (known) return known
  const cast = makeCast(seed)
  casts.set(seed, cast)
  return cast
}

function makeCast(seed: number): DemoCast {
  const sites = demoRegister()
  const parts: Part[][] = sites.map(() => [])
  const pool = new Pool(sites, seed)
  for (const [index, role] of [...DEAD, ...SHAKY, ...WALLED].entries()) {
    const members = pool.take(role.pool, role.needsHttps ? (site) => site.scheme === 'https' : undefined)
    addPart(parts, makeRota(members, role.turnMs, mix(seed, 100 + index)), role.shape, () => role.kinds)
  }
  const steady = shuffle([...pool.rest(), ...portalsOf(sites)], seed, 2)
  addPassing(parts, sites, steady, seed)
  addPlatforms(parts, sites, seed)
  const neglect = castNeglect(pool, seed)
  const slow = new Set(pool.take(16))
  const homes = castHomes(pool)
  const columns = castColumns(pool)
  // Last of all, so that every other site plays the part it always had.
  for (const style of DRAWN_STYLES.slice(1)) for (const index of pool.take(1)) homes.set(index, style)
  for (const style of DRAWN_STYLES) for (const index of pool.take(1)) homes.set(index, style)
  return { seed, sites, parts, neglect, slow, homes, columns }
}

/** Deals the sites out, each only once. Portals stay out of it: they are the city's best kept sites. */
class Pool {
  readonly #sites: readonly DemoSite[]
  #left: number[]

  constructor(sites: readonly DemoSite[], seed: number) {
    const plain = [...sites.keys()].filter((index) => !isPortal(sites[index]))
    this.#sites = sites
    this.#left = shuffle(plain, seed, 1)
  }

  take(count: number, suits: (site: DemoSite) => boolean = () => true): number[] {
    const taken = this.#left.filter((index) => suits(this.#sites[index] as DemoSite)).slice(0, count)
    const gone = new Set(taken)
    this.#left = this.#left.filter((index) => !gone.has(index))
    return taken
  }

  rest(): number[] {
    return this.#left
  }
}

function isPortal(site: DemoSite | undefined): boolean {
  return site?.level === 'city_portal' || site?.level === 'district_portal'
}

function portalsOf(sites: readonly DemoSite[]): number[] {
  return [...sites.keys()].filter((index) => isPortal(sites[index]))
}

function addPart(
  parts: Part[][],
  rota: Rota,
  shape: Shape,
  kindsOf: (member: number) => readonly OutageKind[],
): void {
  for (const member of rota.members) parts[member]?.push({ rota, member, shape, kinds: kindsOf(member) })
}

function addPassing(parts: Part[][], sites: readonly DemoSite[], steady: number[], seed: number): void {
  for (const [index, minutes] of PASSING_TURNS_MIN.entries()) {
    const members = steady.filter((_, seat) => seat % PASSING_TURNS_MIN.length === index)
    const rota = makeRota(members, minutes * MINUTE, mix(seed, 200 + index))
    const shape: Shape = { kind: 'passing', flaps: minutes === 34 || minutes === 55 }
    addPart(parts, rota, shape, (member) => (sites[member]?.scheme === 'https' ? TLS_TROUBLE : WEB_TROUBLE))
  }
}

/** Once in a turn one large platform fails for some minutes and takes its sites with it. */
function addPlatforms(parts: Part[][], sites: readonly DemoSite[], seed: number): void {
  const hosted = groupBy(
    sites.flatMap(({ platform }, index) => (platform ? [{ platform, index }] : [])),
    ({ platform }) => platform,
    ({ index }) => index,
  )
  const large = [...hosted.values()].filter((members) => members.length >= LARGE_PLATFORM)
  const rota = makeRota([...large.keys()], PLATFORM_TURN_MS, mix(seed, 300))
  const shape: Shape = { kind: 'failure', min: 4 * MINUTE, max: 12 * MINUTE }
  const long = makeRota([...large.keys()], OUTAGE_TURN_MS, mix(seed, 301))
  const outage: Shape = { kind: 'failure', min: 42 * MINUTE, max: 78 * MINUTE }
  for (const [member, group] of large.entries()) {
    for (const index of group) {
      parts[index]?.push({ rota, member, shape, kinds: PLATFORM_TROUBLE })
      parts[index]?.push({ rota: long, member, shape: outage, kinds: PLATFORM_TROUBLE })
    }
  }
}

function castNeglect(pool: Pool, seed: number): Map<number, Rota> {
  const neglect = new Map<number, Rota>()
  for (const [index, [size, days]] of NEGLECT_DAYS.entries()) {
    // From midnight to midnight: what is published is counted in days.
    const offsetMs = instantOf(choose(days, seed, 400 + index))
    const rota = { ...makeRota(pool.take(size), days * DAY, mix(seed, 400 + index)), offsetMs }
    for (const member of rota.members) neglect.set(member, rota)
  }
  return neglect
}

function castHomes(pool: Pool): Map<number, Exclude<HomeStyle, null>> {
  const homes = new Map<number, Exclude<HomeStyle, null>>()
  const styles = { undated: 2, script_list: 1, entrance: 4, refresh: 3, forged: 3 } as const
  for (const [style, count] of Object.entries(styles)) {
    for (const index of pool.take(count)) homes.set(index, style as keyof typeof styles)
  }
  return homes
}

function castColumns(pool: Pool): Map<number, ColumnNeglect> {
  const counts: Record<ColumnNeglect, number> = { stale: 3, blank: 1, few_blank: 2 }
  const columns = new Map<number, ColumnNeglect>()
  for (const kind of COLUMN_NEGLECTS) for (const index of pool.take(counts[kind])) columns.set(index, kind)
  return columns
}
