import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'finding.record': true
  }
}

/** Those who check sites; never the units that own them. */
bringRights({ 'finding.record': ['admin', 'workgroup', 'district', 'vendor'] })
