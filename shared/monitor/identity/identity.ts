import { z } from 'zod'

/** Who the monitor is and how it comes, for those who run what stands before sites. */
export const monitorIdentity = z.object({
  place: z.object({ name: z.string(), nameEn: z.string() }).nullable(),
  office: z.string().nullable(),
  phone: z.string().nullable(),
  mail: z.string().nullable(),
  userAgent: z.string(),
  /** As whom pages are opened by a browser, `*` for its version; null: none is. */
  drawnAs: z.string().nullable(),
  /** Seconds between two visits to a home page, and how long one may take, ms. */
  everyS: z.number(),
  deadlineMs: z.number(),
  /** Whether links are looked at each week. */
  weekly: z.boolean(),
  /** From where visits come: a name if there is one, and an IP address or range. */
  addresses: z.array(z.object({ name: z.string(), range: z.string() })),
  /** Places besides the home place that look at sites. */
  vantages: z.array(z.object({ name: z.string(), region: z.string().nullable() })),
})
export type MonitorIdentity = z.infer<typeof monitorIdentity>
