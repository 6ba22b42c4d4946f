import type { Json } from './database.ts'

/** Small values of the installation, such as whether it holds the demo. */
export interface SettingTable {
  key: string
  value: Json<unknown>
}

declare module './database.ts' {
  interface Database {
    setting: SettingTable
  }
}
