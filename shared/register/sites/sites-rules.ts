/** 网站标识码: 10 digits, or `bm` and 8 digits for a ministry. The first six say who organises it. */
export const SITE_CODE = /^(bm\d{8}|\d{10})$/

/** Of what a site is. */
export const LEVELS = [
  'city_portal',
  'city_department',
  'district_portal',
  'district_department',
  'street',
  'town',
  // Their places in this list are those of snapshots: more are added at the end.
  'province_portal',
  'province_department',
  'nation_portal',
  'nation_department',
] as const

/** What a site is to the census: `closing` has its notice up, and counts until that is over. */
export const LIFECYCLES = ['normal', 'exempt', 'paused', 'closing', 'closed', 'moved', 'merged'] as const
export type Lifecycle = (typeof LIFECYCLES)[number]
