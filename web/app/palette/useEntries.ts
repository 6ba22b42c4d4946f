import { computed, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { LOCALES } from '../../../shared/base/words/locales.ts'
import { fetchEverywhere, useWords } from '../../base/i18n.ts'
import { useCity } from '../../base/live/store.ts'
import { type Entry, pageEntries } from '../../base/ui/entries.ts'
import { queryFrom } from '../../base/ui/lists/useUrlFilters.ts'
import { LISTS_WITH_VIEWS } from '../../desk/views/lists.ts'
import { useViews } from '../../desk/views/useViews.ts'
import { filtersOf } from '../../desk/views/views.ts'
import type { DeskPage } from '../../pages/page.ts'
import { useSession } from '../../people/sessions/store.ts'
import { pagesFor } from '../pages.ts'

/**
 * Everything that the palette knows by itself: pages, views, and what the open page adds. `late` changes when what had to be
 * fetched has come: saved views, and names in the other languages.
 */
export function useEntries() {
  const { t, te, locale } = useWords()
  /** Whether the words of all languages are there; until then pages are found by their names in one. */
  const isInAll = shallowRef(false)
  fetchEverywhere('desk')
    .then(() => {
      isInAll.value = true
    })
    .catch(console.warn)
  /** A page is found by its name in the other languages, too. */
  const otherNames = (page: DeskPage['name']) =>
    LOCALES.filter((one) => isInAll.value && one !== locale.value && te(`nav.${page}`, one))
      .map((one) => t(`nav.${page}`, {}, { locale: one }))
      .join(' · ')
  const router = useRouter()
  const city = useCity()
  const session = useSession()
  const { views } = useViews()

  const pages = computed(() =>
    pagesFor(session.can, city.isDemo).map(
      ({ name, key }): Entry => ({
        key: `page ${name}`,
        section: 'pages',
        name: t(`nav.${name}`),
        more: otherNames(name),
        ...(key && { keys: `g ${key}` }),
        run: () => void router.push({ name }),
      }),
    ),
  )
  const listed = computed(() =>
    LISTS_WITH_VIEWS.flatMap((of) => {
      const page = t(`nav.${of.list}`)
      const all = [
        ...of.standing
          .filter(({ needs }) => !needs || session.can(needs))
          .map(({ key, word, query }) => ({ key: `${of.list} ${key}`, name: t(word), more: page, query })),
        ...views.value
          .filter(({ list }) => list === of.list)
          .map(({ id, name, query, shared, owner }) => ({
            key: String(id),
            name,
            more: [page, shared ? `${t('views.shared')} · ${owner.name}` : t('views.own')].join(' · '),
            query,
          })),
      ]
      return all.map(
        ({ key, name, more, query }): Entry => ({
          key: `view ${key}`,
          section: 'views',
          name,
          more,
          run: () => void router.push({ name: of.list, query: queryFrom(filtersOf(of, query), of.none) }),
        }),
      )
    }),
  )
  return {
    entries: computed<readonly Entry[]>(() => [...pageEntries.value, ...listed.value, ...pages.value]),
    late: computed(() => [views.value, isInAll.value]),
  }
}
