import { computed, type Ref } from 'vue'
import { useRouter } from 'vue-router'
import { useWords } from '../../base/i18n.ts'
import { listOf, placeOf } from '../../city/search/places.ts'
import { useHitWords } from '../../city/search/useHitWords.ts'
import { useSearch } from '../../city/search/useSearch.ts'
import { useSession } from '../../people/sessions/store.ts'
import { mayOpen } from '../pages.ts'
import type { Group } from './lines.ts'

/** What the server finds of everything that somebody may see, by kind. */
export function useFound(typed: Ref<string>) {
  const { t } = useWords()
  const router = useRouter()
  const session = useSession()
  const search = useSearch(typed)
  const { nameOf, moreOf } = useHitWords()
  const opens = (page: string) => mayOpen(page, session.can)

  const groups = computed((): Group[] => {
    const { q = '', groups: found = [] } = search.data.value ?? {}
    return found.map(({ kind, total: n, isMore, failed, items }) => {
      const list = n > items.length ? listOf(kind, q, opens) : null
      const lines = items.map((hit) => ({
        ...{ key: `${kind} ${hit.id} ${hit.is ?? ''}`, name: nameOf(hit), more: moreOf(kind, hit) },
        ...{ marked: hit.marked, run: () => void router.push(placeOf(kind, hit, opens)) },
      }))
      const all = list && {
        ...{ key: `all ${kind}`, name: t(isMore ? 'search.allMore' : 'search.all', { n }), more: '' },
        ...{ isAll: true as const, run: () => void router.push(list) },
      }
      return {
        ...{ key: kind, title: t(`search.kind.${kind}`) },
        count: failed ? '' : t(isMore ? 'search.countMore' : 'search.count', { n }),
        trouble: failed ? t('search.kindFailed') : '',
        lines: all ? [...lines, all] : lines,
      }
    })
  })
  /** Of what is typed now. */
  const isFresh = computed(() => search.data.value?.q === typed.value.trim())
  return { search, groups, isFresh }
}
