import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'note.write': true
  }
}

/** Who keeps the log of a desk. A unit has its own words on alerts and rectifications. */
bringRights({ 'note.write': ['admin', 'workgroup', 'district', 'vendor'] })
