import type { Banner } from '../../../shared/people/banners/banners.ts'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { Context } from '../../base/context.ts'

/** Whoever looks at a screen; a wall display looks as a viewer of the whole city. */
export type Onlooker = Pick<User, 'scope' | 'access'>

/** What a noun has to say to somebody across every screen at an instant (epoch ms). */
export type BringBanners = (ctx: Context, who: Onlooker, now: number) => Promise<readonly Banner[]>

declare module '../../base/module.ts' {
  interface Module {
    readonly banners?: BringBanners
  }
  interface Parts {
    /** Of all nouns together. */
    readonly banners: BringBanners
  }
}

/** What all of these have to say, the urgent first, and of these the one that ends first. */
export function allBanners(nouns: readonly { readonly banners?: BringBanners }[]): BringBanners {
  return async (ctx, who, now) => {
    const said = await Promise.all(nouns.map(({ banners }) => banners?.(ctx, who, now) ?? []))
    return said.flat().sort((a, b) => Number(b.urgent) - Number(a.urgent) || a.until.localeCompare(b.until))
  }
}
