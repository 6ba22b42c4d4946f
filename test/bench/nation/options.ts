/** How a nation is watched: `npm run bench -- nation --sites 5000 --minutes 2 --interval 60 --mode quiet,changing`. */
export interface NationOptions {
  readonly sites: number
  /** Of the window that is measured, after all sites are recorded once. */
  readonly minutes: number
  /** Seconds between two visits to a site. */
  readonly interval: number
  /** One after the other, each for so many minutes, after one cold start. */
  readonly modes: readonly Mode[]
  readonly tls: boolean
  /** Browsers at the one web process. */
  readonly browsers: number
  /** Where the profile of the monitor's steady state is written; null: none is taken. */
  readonly profile: string | null
  readonly monitors: 1 | 2
  /** Dated items on a page: what reading it costs, on a machine that is slow at that. */
  readonly items: number
  /** Minutes from the start to midnight, where that is the mode: more than the first round and its reading take. */
  readonly before: number
}

/**
 * `quiet`: pages stay as they are; `changing`: one of fifty has something new at every visit; `counter`: each has other
 * bytes every time; `down`, `hang`: a tenth, of one platform, fail at once; `slow`: each answers after 3 s; `overload`:
 * the interval is cut to what cannot be done, and set back; `midnight`: the clock passes midnight in Shanghai; `kill`: of
 * two monitors one is killed.
 */
export const MODES = [
  'quiet',
  'changing',
  'counter',
  'down',
  'hang',
  'slow',
  'overload',
  'midnight',
  'kill',
] as const
export type Mode = (typeof MODES)[number]

/** The sites of the national count of 2015. */
const SITES = 84_094
/** Dated items on a page of 60 KB. */
const ITEMS = 400

/** @throws Error with one sentence when something is not understood. */
export function optionsOf(args: readonly string[]): NationOptions {
  const given = new Map<string, string>()
  for (let at = 0; at < args.length; at++) {
    const [name = '', value] = args[at]?.split('=') ?? []
    if (name.startsWith('--'))
      given.set(name.slice(2), value ?? (isName(args[at + 1]) ? '' : args[++at]) ?? '')
  }
  const number = (name: string, usual: number) => {
    const value = Number(given.get(name) ?? usual)
    if (!(value > 0)) throw new Error(`--${name}: a number above 0 is wanted`)
    return value
  }
  const modes = (given.get('mode') ?? 'quiet').split(',').map((name) => {
    const mode = MODES.find((one) => one === name)
    if (!mode) throw new Error(`--mode: some of ${MODES.join(', ')} are wanted, with commas between`)
    return mode
  })
  return {
    sites: number('sites', SITES),
    minutes: number('minutes', 20),
    interval: number('interval', 300),
    modes,
    tls: given.has('tls'),
    browsers: number('browsers', 50),
    profile: given.get('profile') ?? null,
    before: number('before', 4),
    items: number('items', ITEMS),
    monitors: modes.includes('kill') ? 2 : 1,
  }
}

const isName = (text: string | undefined): boolean => text === undefined || text.startsWith('--')
