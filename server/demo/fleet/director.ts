import { DAY } from '../../../shared/base/time.ts'
import type { DemoSite } from '../cast/register.ts'
import type { OutageKind } from './outages.ts'
import type { Edition } from './publishing.ts'
import { type Behaviour, behaviourAt } from './script.ts'

/** How a site can be broken by hand. `stale`: its content stops 30 days ago. */
export const BREAKS = {
  down: 'http_503',
  hang: 'silent',
  tls: 'tls_expired',
  firewall: 'firewall',
} as const satisfies Record<string, OutageKind>

export type Override =
  | { readonly kind: 'outage'; readonly outage: OutageKind }
  | { readonly kind: 'stale'; readonly frozenFrom: number }
  | { readonly kind: 'healed'; readonly thawedAt: number }

const STALE_DAYS = 30

/** What the sites do now: the script, unless an operator of the demo has said otherwise. */
export class Director {
  readonly #seed: number
  readonly #overrides = new Map<string, Override>()
  readonly #notices = new Map<string, string>()
  isLineDown = false

  constructor(seed: number) {
    this.#seed = seed
  }

  get overrides(): ReadonlyMap<string, Override> {
    return this.#overrides
  }

  behaviourOf(site: DemoSite, atMs: number): Behaviour {
    const scripted = behaviourAt(site, atMs, this.#seed)
    const override = this.#overrides.get(site.code)
    const played = override ? overridden(scripted, override) : scripted
    const notice = this.#notices.get(site.code)
    return notice === undefined ? played : { ...played, notice }
  }

  /** What the home page says above all else; null: nothing. */
  announce(code: string, text: string | null): void {
    if (text === null) this.#notices.delete(code)
    else this.#notices.set(code, text)
  }

  breakDown(code: string, outage: OutageKind): void {
    this.#overrides.set(code, { kind: 'outage', outage })
  }

  /** The site answers, with nothing newer than 30 days ago. */
  makeStale(code: string, nowMs: number): void {
    this.#overrides.set(code, { kind: 'stale', frozenFrom: nowMs - STALE_DAYS * DAY })
  }

  /** The site is well until further notice, and an item of this minute appears on it. */
  heal(code: string, nowMs: number): void {
    this.#overrides.set(code, { kind: 'healed', thawedAt: nowMs })
  }
}

function overridden(scripted: Behaviour, override: Override): Behaviour {
  if (override.kind === 'outage') return { ...scripted, outage: override.outage }
  const edition: Edition =
    override.kind === 'stale' ? { frozenFrom: override.frozenFrom } : { thawedAt: override.thawedAt }
  const traits = override.kind === 'healed' ? { ...scripted.traits, home: null } : scripted.traits
  return { ...scripted, outage: null, edition, traits }
}
