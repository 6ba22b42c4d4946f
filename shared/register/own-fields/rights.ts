import { bringRights } from '../../people/rights/rights-rules.ts'

declare module '../../people/rights/rights-rules.ts' {
  interface NounRights {
    'ownField.manage': true
  }
}

bringRights({ 'ownField.manage': ['admin'] }, ['ownField.manage'])
