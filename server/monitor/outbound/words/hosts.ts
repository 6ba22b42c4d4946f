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

const KINDS = ['betting', 'porn', 'sham'] as const
/** Names by themselves or before figures; those that are also words and places, only before figures. */
const NAMED = KINDS.filter((kind) => data.hosts[kind].length > 0).map((kind) => ({
  kind,
  form: new RegExp(`^(?:${either(data.hosts[kind])})\\d*$`),
}))
const COMMON = new RegExp(`^(?:${either(data.hosts.common)})\\d{2,}$`)

/**
 * What a host's name says of it, as `yabo` in `www.yabo88.com`, but not in `seychelleyabout.com`; null: nothing.
 * @param said the words of a link that leads there
 */
export function badHost(host: string, said = ''): Exclude<WordKind, 'parking'> | null {
  if (PLACE.test(said.trim())) return null
  const labels = host.split(/[.-]/)
  const named = NAMED.find(({ form }) => labels.some((label) => form.test(label)))
  return named?.kind ?? (labels.some((label) => COMMON.test(label)) ? 'betting' : null)
}
