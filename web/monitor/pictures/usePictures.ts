import { endpoints } from 'virtual:endpoints'
import type { SitePicture } from '../../../shared/monitor/pictures/pictures.ts'
import type { PictureReason } from '../../../shared/monitor/pictures/pictures-rules.ts'
import { addressOf, call } from '../../base/call.ts'
import { usePages } from '../../base/ui/lists/usePages.ts'

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
