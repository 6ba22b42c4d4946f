import type { RouteLocationRaw } from 'vue-router'
import type { Hit } from '../../../shared/city/search/search.ts'
import type { FoundKind } from '../../../shared/city/search/search-rules.ts'

type MayOpen = (page: string) => boolean

/** Where something that was found is shown; people have no page of their own. */
export function placeOf(kind: FoundKind, { id, name, unit }: Hit, mayOpen: MayOpen): RouteLocationRaw {
  if (kind !== 'person') return { name: kind, params: { id } }
  if (unit) return { name: 'unit', params: { id: unit.id } }
  return mayOpen('users') ? { name: 'users', query: { q: name } } : { name: 'duty' }
}

/** Letters alone may be pinyin, which lists of live things do not know; nor do they look for numbers alone. */
const IS_PLAIN = /[^a-z\d\s'#]/i

/** The list that has all of a kind that were found; null where none has a search for it. */
export function listOf(kind: FoundKind, q: string, mayOpen: MayOpen): RouteLocationRaw | null {
  switch (kind) {
    case 'site':
      return { name: 'sites', query: { q } }
    case 'unit':
      return { name: 'units', query: { q } }
    case 'letter':
      return { name: 'letters', query: { show: 'all', q } }
    case 'person':
      return mayOpen('users') ? { name: 'users', query: { q } } : null
    case 'alert':
      return IS_PLAIN.test(q) ? { name: 'alerts', query: { q } } : null
    case 'rectification':
      return IS_PLAIN.test(q) ? { name: 'rectifications', query: { q } } : null
    case 'document':
      return null
  }
}
