import { NO_RECTIFICATION_FILTERS } from '../rectifications/list/filters.ts'
import type { ListViews } from './views.ts'

/** Stages have their own row of choices; these are what comes from where, by who works on it. */
export const RECTIFICATION_VIEWS: ListViews<typeof NO_RECTIFICATION_FILTERS> = {
  list: 'rectifications',
  none: NO_RECTIFICATION_FILTERS,
  kept: [],
  standing: [
    { key: 'open', word: 'views.rectifications.open', query: {} },
    { key: 'found', word: 'views.rectifications.found', query: { source: 'alert' } },
    // District offices and units are inspected, and answer for it.
    {
      key: 'checked',
      word: 'views.rectifications.checked',
      query: { source: 'check' },
      needs: 'rectification.ask',
    },
    // The working group answers to those above it and to citizens.
    {
      key: 'circular',
      word: 'views.rectifications.circular',
      query: { source: 'circular' },
      needs: 'rectification.answer',
    },
    {
      key: 'hotline',
      word: 'views.rectifications.hotline',
      query: { source: 'hotline' },
      needs: 'rectification.answer',
    },
  ],
}
