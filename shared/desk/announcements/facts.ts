import { z } from 'zod'
import { factBase, toMany } from '../../base/facts.ts'

export const ANNOUNCEMENT_FACTS = ['announcement.posted', 'announcement.withdrawn'] as const

export const announcementChanged = z.object({
  ...factBase,
  kind: z.enum(ANNOUNCEMENT_FACTS),
  data: z.object({
    ...toMany,
    announcementId: z.int(),
    /** What it says. */
    text: z.string().nullable(),
    from: z.iso.datetime(),
    until: z.iso.datetime(),
  }),
})
export type AnnouncementChanged = z.infer<typeof announcementChanged>

declare module '../../base/facts.ts' {
  interface Facts {
    announcement: AnnouncementChanged
  }
}
