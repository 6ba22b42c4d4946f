import { z } from 'zod'
import { sentText } from '../../base/sent-text.ts'
import { RENDER_REASONS } from '../rendering/rendering-rules.ts'
import { PICTURE_REASONS } from './pictures-rules.ts'

export * from './pictures-rules.ts'

/** What of a page a picture is about: the element with this text, the link that leads there, or what CSS names so. */
export const pictureMark = z.object({
  text: z.string().optional(),
  href: z.string().optional(),
  selector: z.string().optional(),
})
export type PictureMark = z.infer<typeof pictureMark>

/** A picture of a page as it was at an instant. */
export const sitePicture = z.object({
  id: z.int(),
  siteId: z.int(),
  at: z.iso.datetime(),
  /** Where the page was found, after all redirects. */
  url: z.string(),
  reason: z.enum(PICTURE_REASONS),
  /** The rule that it is about, if it is about one. */
  rule: z.string().nullable(),
  /** By reason: the id of an alert, of a finding, of a problem, of a rectification. */
  ref: z.int().nullable(),
  mark: pictureMark.nullable(),
  /** The mark was found on the page, and is outlined. */
  marked: z.boolean(),
  /** Characters of the page that no font had when it was drawn: boxes stand in their places. */
  boxes: z.string(),
  /** px. */
  width: z.int(),
  height: z.int(),
  /** Bytes. */
  size: z.int(),
  /** SHA-256 of the picture, in hexadecimal. */
  hash: z.string(),
})
export type SitePicture = z.infer<typeof sitePicture>

/** A picture that was wanted and could not be taken. */
export const missingPicture = z.object({
  id: z.int(),
  siteId: z.int(),
  at: z.iso.datetime(),
  url: z.string(),
  reason: z.enum(PICTURE_REASONS),
  rule: z.string().nullable(),
  ref: z.int().nullable(),
  why: z.enum(RENDER_REASONS),
})
export type MissingPicture = z.infer<typeof missingPicture>

/** What somebody wants a picture of: a page of the site; without an address, its home page. */
export const pictureAsked = z.object({
  url: z
    .url({ protocol: /^https?$/ })
    .max(2000)
    .optional(),
  /** Words on the page that are to be outlined. */
  text: sentText.max(200).optional(),
})
export type PictureAsked = z.output<typeof pictureAsked>
