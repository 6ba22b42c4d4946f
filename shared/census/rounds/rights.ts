import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'round.manage': true
  }
}

/** Whoever runs the census plans its rounds; never the monitor, whose work they check as well. */
bringRights({ 'round.manage': ['admin', 'workgroup'] })
