/** 网站标识码: 10 digits, or `bm` and 8 digits for a ministry. The first six say who organises it. */
export const SITE_CODE = /^(bm\d{8}|\d{10})$/

export const LEVELS = [
  'city_portal',
  'city_department',
  'district_portal',
  'district_department',
  'street',
  'town',
] as const
