import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'announcement.post': true
  }
}

/** A district office speaks to its district, the working group to everybody. */
bringRights({ 'announcement.post': ['admin', 'workgroup', 'district'] })
