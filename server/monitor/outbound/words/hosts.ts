import data from '../../../../shared/monitor/outbound/bad-words.json' with { type: 'json' }
import { either, HAN_BRAND, type WordKind } from './words.ts'

/* What names of hosts say, and what is said of names that are for sale. */

/** The domains of those who sell domains. */
export const SELLERS: ReadonlySet<string> = new Set(data.hosts.parking)

/** What those say who register domains; and what is said behind the name of one that is offered. */
export const REGISTRAR = new RegExp(data.registrar, 'i')
export const OFFERED = new RegExp(data.offered, 'i')

/** Places that are called like those who bet (金沙县, 皇冠假日酒店): who is led to one by its name is led there, whatever its host. */
const PLACE = new RegExp(
  `(?:${HAN_BRAND}|${either(data.commonBrands)})\\p{Script=Han}{0,2}(?:${either(data.tails)}|${data.places})(?:${data.placeEnds})?$`,
  'u',
)

/**
 * What a host's name says of it, as `yabo` in `www.yabo88.com`, but not in `seychelleyabout.com`; null: nothing.
 * @param said the words of a link that leads there
 */
export function badHost(host: string, said = ''): Exclude<WordKind, 'parking'> | null {
  if (PLACE.test(said.trim())) return null
  const labels = host.split(/[.-]/).map((label) => label.replace(/\d+$/, ''))
  const kinds = ['betting', 'porn', 'sham'] as const
  return (
    kinds.find((kind) => data.hosts[kind].some((name) => labels.includes(name.replace(/\d+$/, '')))) ?? null
  )
}
