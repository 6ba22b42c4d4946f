import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'round.manage': true
    'round.review': true
    'round.handIn': true
    'round.accept': true
  }
}

/** Whoever runs the census plans its rounds; never the monitor, whose work they check as well. */
bringRights({
  'round.manage': ['admin', 'workgroup'],
  // Districts look at each other's sites; nobody at those that they answer for.
  'round.review': ['admin', 'workgroup', 'district', 'vendor'],
  // Each its own.
  'round.handIn': ['district', 'unit'],
  'round.accept': ['admin', 'workgroup', 'district'],
})
