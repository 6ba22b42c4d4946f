import type { RectificationFilters } from './useRectificationList.ts'

/** Every filter of the list of rectifications with the value that filters nothing. */
export const NO_RECTIFICATION_FILTERS = {
  stage: 'open',
  district: '',
  unit: '',
  source: '',
  relapsed: '',
  batch: '',
  q: '',
} satisfies RectificationFilters
