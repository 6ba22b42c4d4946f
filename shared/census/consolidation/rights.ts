import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'platform.keep': true
    'move.plan': true
  }
}

/** A platform is the city's; what moves to it is planned by whoever looks after the sites of a place. */
bringRights(
  {
    'platform.keep': ['admin', 'workgroup'],
    'move.plan': ['admin', 'workgroup', 'district'],
  },
  ['platform.keep'],
)
