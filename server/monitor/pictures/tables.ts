import type { ColumnType, Generated } from 'kysely'
import type { PictureMark, PictureReason } from '../../../shared/monitor/pictures/pictures.ts'
import type { RenderReason } from '../../../shared/monitor/rendering/rendering-rules.ts'
import type { Once } from '../../base/db/database.ts'

/** What a picture holds, by its SHA-256: JPEG, once however often the page looked so. */
export interface PictureCopyTable {
  hash: Once<string>
  bytes: Once<Buffer>
  /** px. */
  width: Once<number>
  height: Once<number>
  kept_at: Once<Date>
}

/** A picture of a page, and what it was taken for. */
export interface PictureTable {
  id: Generated<number>
  site_id: Once<number>
  at: Once<Date>
  url: Once<string>
  reason: Once<PictureReason>
  rule: Once<string | null>
  ref: Once<number | null>
  mark: ColumnType<PictureMark | null, string | null, never>
  is_marked: Once<boolean>
  /** Characters that it shows as boxes, as no font had them. */
  boxes: Generated<string>
  hash: Once<string>
  /** Numbers of persons on it were covered before it was taken; not so of older ones. */
  is_covered: Generated<boolean>
}

/** A picture that was wanted and could not be taken. */
export interface PictureMissingTable {
  id: Generated<number>
  site_id: Once<number>
  at: Once<Date>
  url: Once<string>
  reason: Once<PictureReason>
  rule: Once<string | null>
  ref: Once<number | null>
  why: Once<RenderReason>
}

declare module '../../base/db/database.ts' {
  interface Database {
    picture: PictureTable
    picture_copy: PictureCopyTable
    picture_missing: PictureMissingTable
  }
}
