import type { Endpoint } from '../rights/endpoint.ts'
import { installation, versionedSettings } from './settings.ts'

/** What belongs to the installation. */
export const settingsEndpoints = {
  installation: {
    method: 'GET',
    path: '/api/installation',
    summary: 'Time zone, languages and rule edition, as every screen has to know them',
    needs: 'open',
    output: installation,
  },
  settings: {
    method: 'GET',
    path: '/api/settings',
    summary: 'The settings of the installation',
    needs: 'settings.manage',
    output: versionedSettings,
  },
  setSettings: {
    method: 'POST',
    path: '/api/settings',
    summary: 'Set them; what was counted and promised before stays as it was',
    needs: 'settings.manage',
    body: versionedSettings,
    output: versionedSettings,
  },
} as const satisfies Record<string, Endpoint>
