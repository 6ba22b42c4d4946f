import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'problem.judge': true
  }
}

/** Those who check sites; never the units that own them. */
bringRights({ 'problem.judge': ['admin', 'workgroup', 'district', 'vendor'] })
