import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'filing.file': true
    'filing.approve': true
  }
}

/** A site leaves the census by the working group alone. */
bringRights({
  'filing.file': ['admin', 'workgroup', 'district', 'unit'],
  'filing.approve': ['admin', 'workgroup'],
})
