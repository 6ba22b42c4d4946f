/** Lists of which a selection of filters can be saved as a view, by their pages. */
export const VIEW_LISTS = ['alerts', 'rectifications', 'sites'] as const
export type ViewList = (typeof VIEW_LISTS)[number]
