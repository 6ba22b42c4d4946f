import { endpoints } from 'virtual:endpoints'
import { computed } from 'vue'
import type { MissingPicture, SitePicture } from '../../../shared/monitor/pictures/pictures.ts'
import { MOST_REFS, type PictureReason } from '../../../shared/monitor/pictures/pictures-rules.ts'
import { addressOf, call } from '../../base/call.ts'
import { useWords } from '../../base/i18n.ts'
import { usePages } from '../../base/ui/lists/usePages.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

/** Of which site, or of what, pictures are asked for. */
export interface PicturesAsked {
  readonly site?: number
  readonly reason?: PictureReason
  readonly refs?: readonly number[]
}

/** Pictures, newest first, a page at a time. No fact tells of them: they are looked for by the minute. */
export const usePictures = (asked: () => PicturesAsked) =>
  usePages(
    asked,
    ({ refs, ...filter }, cursor) =>
      call('sitePictures', { query: { ...filter, refs: refs && [...refs], cursor, limit: 24 } }),
    { of: asked, again: 'minute' },
  )

/** Where a picture is. */
export const addressOfPicture = ({ id }: Pick<SitePicture, 'id'>): string =>
  addressOf(endpoints.pictureContent.path, { params: { id } })

/** The pictures that were taken for the rows of a list, each row's own by its id; of many rows they are asked for in turns. */
export function usePicturesFor(reason: PictureReason, ids: () => readonly number[]) {
  const { data } = useQuery(
    ids,
    async (all) => {
      const pages = []
      for (let from = 0; from < all.length; from += MOST_REFS) {
        const refs = all.slice(from, from + MOST_REFS)
        pages.push(await call('sitePictures', { query: { reason, refs, limit: 200 } }))
      }
      return pages
    },
    { of: () => null },
  )
  return {
    of: (id: number): readonly SitePicture[] =>
      data.value?.flatMap(({ items }) => items.filter(({ ref }) => ref === id)) ?? [],
    /** Why one could not be taken; null: it could, or nobody has tried. */
    missing: (id: number): MissingPicture['why'] | null =>
      data.value?.flatMap(({ missing }) => missing).find(({ ref }) => ref === id)?.why ?? null,
    /** Whether there is anything here that takes pictures; null: not known yet. */
    isTaken: computed(() => data.value?.[0]?.taken ?? null),
  }
}

/** Of what a picture was taken: why, and by which rule; what a machine's rule is called stands with the problem. */
export function useAbout(): (picture: Pick<SitePicture, 'reason' | 'rule'>) => string {
  const { t, wordOf } = useWords()
  return ({ reason, rule }) => {
    const why = t(`pictures.reason.${reason}`)
    if (rule === null || reason === 'problem') return why
    const name = wordOf('rule', rule)
    return reason === 'verdict' ? t('pictures.verdictOf', { rule: name }) : `${why} · ${name}`
  }
}
