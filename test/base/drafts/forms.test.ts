import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

/** Forms in which nothing is lost that took thought, or that must not be kept. */
const WITHOUT: Readonly<Record<string, string>> = {
  'base/ui/dialogs/PanelForm.vue': 'those of whoever fills it',
  'base/ui/dialogs/ConfirmDialog.vue': 'a question',
  'pages/people/SignInPage.vue': 'secrets',
  'pages/people/PasswordPage.vue': 'secrets',
  'people/sessions/ProofDialog.vue': 'secrets',
  'people/sessions/EnrolDialog.vue': 'secrets',
  'people/sessions/PolicyPanel.vue': 'ticks',
  'pages/people/SettingsPage.vue': 'begins with what the server has',
  'desk/notifications/channels/ChannelTestDialog.vue': 'one address',
  'pages/desk/OffendersPage.vue': 'filters, which are in the address',
  'pages/desk/PausesPage.vue': 'filters, which are in the address',
  'pages/desk/load/LoadPage.vue': 'filters, which are in the address',
  'pages/monitor/inspections/InspectionsPage.vue': 'filters, which are in the address',
  'pages/monitor/quality/QualityPage.vue': 'filters, which are in the address',
  'pages/past/PastAlerts.vue': 'filters, which are in the address',
  'pages/register/DivisionsPage.vue': 'a search',
  'pages/register/UnitsPage.vue': 'filters, which are in the address',
  'register/sites/SiteFilterBar.vue': 'filters, which are in the address',
  'monitor/pictures/AskDialog.vue': 'one address',
  'desk/alerts/list/AlertFilterBar.vue': 'filters, which are in the address',
  'monitor/wrong-words/TryPanel.vue': 'a text from elsewhere, which is tried and not kept',
  'desk/rectifications/list/RectificationFilterBar.vue': 'filters, which are in the address',
}

it('what is written in any form outlives a reload, a restart and an accidental press on Escape', () => {
  const forms = readdirSync('web', { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.vue') && readFileSync(`web/${name}`, 'utf8').match(/<(form|FormDialog)\b/),
  )
  expect(forms.length).toBeGreaterThan(20)
  const forgetful = forms.filter((name) => !/\buseDraft(s|Field)\(/.test(readFileSync(`web/${name}`, 'utf8')))
  expect(forgetful.sort()).toEqual(Object.keys(WITHOUT).sort())
})
