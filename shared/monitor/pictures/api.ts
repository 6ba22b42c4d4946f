import { z } from 'zod'
import { rowId, sentId } from '../../base/ids.ts'
import { costOfRows, type Endpoint, id, page, paging } from '../../people/rights/endpoint.ts'
import { MOST_REFS, missingPicture, PICTURE_REASONS, pictureAsked, sitePicture } from './pictures.ts'

/** Ids with commas between them. */
const refs = z
  .string()
  .regex(/^\d{1,10}(,\d{1,10})*$/)
  .transform((text) => text.split(',').map(Number))
  .pipe(z.array(sentId).max(MOST_REFS))

/** Pictures of pages, as proof. */
export const pictureEndpoints = {
  sitePictures: {
    method: 'GET',
    path: '/api/pictures',
    summary:
      'Pictures of pages within the own scope, newest first: of a site, or of what they were taken for',
    needs: 'signedIn',
    cost: costOfRows(2, 50),
    query: z.object({
      site: rowId.optional(),
      reason: z.enum(PICTURE_REASONS).optional(),
      refs: refs.optional(),
      ...paging,
      limit: z.coerce.number().int().min(1).max(200).default(24),
    }),
    output: page(sitePicture).extend({
      /** Whether there is anything here that takes pictures. */
      taken: z.boolean(),
      /** With `site` or `refs`: those that could not be taken, and why; of the newest 20. */
      missing: z.array(missingPicture),
    }),
  },
  askPicture: {
    method: 'POST',
    path: '/api/sites/:id/pictures',
    summary: 'Have a picture taken of a page of the site, with words on it outlined',
    needs: 'site.visit',
    cost: 10,
    params: id,
    body: pictureAsked,
  },
  pictureContent: {
    method: 'GET',
    path: '/api/pictures/:id',
    summary: 'The picture itself, of a site within the own scope',
    needs: 'signedIn',
    cost: 2,
    params: id,
    output: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    media: 'image/jpeg',
  },
} as const satisfies Record<string, Endpoint>
