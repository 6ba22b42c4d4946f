import { z } from 'zod'

/** What is named on screens: a group of sites, or the place that the installation is for. */
export const namedPlace = z.object({ code: z.string(), name: z.string(), nameEn: z.string() })
export type NamedPlace = z.infer<typeof namedPlace>
