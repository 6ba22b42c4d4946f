import { computed, shallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { LOCALES } from '../../../shared/base/words/locales.ts'
import { fetchEverywhere, useWords } from '../../base/i18n.ts'
import { useDistrictName } from '../../base/live/names.ts'
import { useCity } from '../../base/live/store.ts'
import { type Entry, pageEntries } from '../../base/ui/entries.ts'
import { queryFrom } from '../../base/ui/lists/useUrlFilters.ts'
import { useAlertWords } from '../../desk/alerts/useAlertWords.ts'
import { alertSubject } from '../../desk/alerts/words.ts'
import { LISTS_WITH_VIEWS } from '../../desk/views/lists.ts'
import { useViews } from '../../desk/views/useViews.ts'
import { filtersOf } from '../../desk/views/views.ts'
import type { DeskPage } from '../../pages/page.ts'
import { useSession } from '../../people/sessions/store.ts'
import { pagesFor } from '../pages.ts'

/** Everything that the palette knows: pages, views, alerts, sites, and what the open page adds. */
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
  const districtName = useDistrictName()
  const say = useAlertWords()

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
  const sites = computed(() =>
    [...city.board.sites.values()].map(
      ({ id, name, code, district }): Entry => ({
        key: `site ${id}`,
        section: 'sites',
        name,
        more: `${code} ${districtName(district)}`,
        run: () => void router.push({ name: 'site', params: { id } }),
      }),
    ),
  )
  const alerts = computed(() =>
    [...city.board.alerts.values()].map(
      (alert): Entry => ({
        key: `alert ${alert.id}`,
        section: 'alerts',
        name: `${alertSubject(alert) ?? t('alerts.city')} · ${t(`rule.${alert.rule}`)}`,
        more: `#${alert.id} ${say(alert)}`,
        run: () => void router.push({ name: 'alert', params: { id: alert.id } }),
      }),
    ),
  )
  return computed<readonly Entry[]>(() => [
    ...pageEntries.value,
    ...listed.value,
    ...pages.value,
    ...alerts.value,
    ...sites.value,
  ])
}
