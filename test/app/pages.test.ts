import { createPinia, setActivePinia } from 'pinia'
import { expect, it } from 'vitest'
import { createApp, effectScope } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { LOCALES } from '../../shared/base/words/locales.ts'
import { BROUGHT } from '../../web/app/brought.ts'
import { DESK_PAGES } from '../../web/app/pages.ts'
import { findEntries } from '../../web/app/palette/find.ts'
import { useEntries } from '../../web/app/palette/useEntries.ts'
import { withWords } from '../../web/base/i18n.ts'
import { until } from '../support/until.ts'
import { flatten, wordsOf } from '../support/words.ts'

it('no two pages are reached by the same key', () => {
  const keys = DESK_PAGES.map(({ key }) => key)
  expect(keys.filter((one, i) => one !== undefined && keys.indexOf(one) !== i)).toEqual([])
})

const BROUGHT_PAGES = BROUGHT.flatMap(({ pages }) => pages).filter(({ needs }) => !needs)

it.each(BROUGHT_PAGES)('the palette finds $name by its name in either language', async ({ name }) => {
  const router = createRouter({ history: createMemoryHistory(), routes: [] })
  await withWords(['desk'], async () => undefined)()
  const app = createApp({ template: '' }).use(router)
  setActivePinia(createPinia())
  const { entries } = app.runWithContext(() => effectScope().run(useEntries))!
  for (const locale of LOCALES) {
    const typed = flatten(wordsOf(locale)).find(([key]) => key === `nav.${name}`)?.[1] ?? ''
    await until('it is found', () =>
      findEntries(entries.value, typed).some(({ key }) => key === `page ${name}`),
    )
  }
})
