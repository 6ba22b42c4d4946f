import { SECOND } from '../../../shared/base/time.ts'
import { LANGUAGES, type Language, LOCALE_OF } from '../../../shared/base/words/locales.ts'
import type { MonitorIdentity } from '../../../shared/monitor/identity/identity.ts'
import { inspectionRule, MACHINE } from '../../../shared/monitor/inspections/catalogue.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { type Html, html, publicPage } from '../../base/http/html.ts'
import { type IdentityWords, identityWords } from './words.ts'

/** The name under which a home page is read as search engines read it. */
const ROBOT = String(inspectionRule('shown-to-robots')?.limits.robot ?? '')

/** How often a site's pages are drawn, at most. */
const DRAWN = {
  readings:
    RENDERING.perSiteDay +
    RENDERING.columnsPerSiteDay +
    RENDERING.askedPerSiteDay +
    RENDERING.checksPerSiteDay,
  pictures: RENDERING.picturesPerSiteDay,
}

/** The page about the monitor, read without script by whoever runs what stands before a site. */
export function identityPage(
  who: MonitorIdentity,
  language: Language,
  languages: readonly Language[],
): string {
  const t = identityWords(language)
  const place = who.place ? (language === 'en' ? who.place.nameEn : who.place.name) : ''
  const title = [place, t('identity.title')].filter((part) => part !== '').join(' ')
  const { fromHour: hour, hours, pages, files } = MACHINE.crawl
  const nightly = { hour, hours, pages, files }
  const others = LANGUAGES.filter((one) => one !== language && languages.includes(one))
  const body = html`<main>
<p class="top"><span>${place}</span><span>${others.map(
    (one) =>
      html`<a lang="${LOCALE_OF[one]}" hreflang="${LOCALE_OF[one]}" href="?lang=${one}">${identityWords(one)('identity.language')}</a> `,
  )}</span></p>
<h1>${t('identity.title')}</h1>
<p>${t('identity.lead', { place: place || t('identity.here') })}</p>
<h2>${t('identity.who')}</h2>
${pairs([
  [t('identity.office'), who.office ?? t('identity.nobody')],
  [t('identity.phone'), who.phone],
  [t('identity.mail'), who.mail && html`<a href="mailto:${who.mail}">${who.mail}</a>`],
])}
<h2>${t('identity.how')}</h2>
${pairs([
  [t('identity.userAgent'), html`<code>${who.userAgent}</code>`],
  [t('identity.often'), often(t, who.everyS)],
  [t('identity.hours'), t('identity.always')],
  [t('identity.asks'), t('identity.asksSaid', { seconds: Math.round(who.deadlineMs / SECOND) })],
  [
    t('identity.drawn'),
    who.drawnAs && html`${t('identity.drawnSaid', DRAWN)}<br><code>${who.drawnAs}</code>`,
  ],
  [t('identity.links'), who.weekly ? t('identity.weekly', nightly) : t('identity.onRequest')],
  [t('identity.robot'), html`${t('identity.robotSaid')}<br><code>${ROBOT}</code>`],
  [t('identity.polite'), t('identity.politeSaid')],
])}
<h2>${t('identity.from')}</h2>
${addresses(t, who)}
${who.vantages.length > 0 ? vantages(t, who.vantages) : null}
<h2>${t('identity.firewall')}</h2>
<p>${t('identity.firewallSaid')}</p>
<p><a href="/public/monitor.json">${t('identity.json')}</a> · <a href="/public/monitor/addresses.txt">${t('identity.text')}</a></p>
</main>`
  return publicPage({ locale: LOCALE_OF[language], title, description: title, body })
}

function often(t: IdentityWords, everyS: number): string {
  return everyS < 120
    ? t('identity.everySeconds', { n: everyS })
    : t('identity.everyMinutes', { n: Math.round(everyS / 60) })
}

function pairs(all: readonly (readonly [term: string, said: string | Html | null])[]): Html {
  const told = all.filter(([, said]) => said !== null && said !== '')
  return html`<dl>${told.map(([term, said]) => html`<dt>${term}</dt><dd>${said}</dd>`)}</dl>`
}

function addresses(t: IdentityWords, { addresses: known }: MonitorIdentity): Html {
  if (known.length === 0) return html`<p>${t('identity.noAddresses')}</p>`
  const [name, range] = [t('identity.name'), t('identity.range')]
  return html`<table><thead><tr><th scope="col">${range}</th><th scope="col">${name}</th></tr></thead>
<tbody>${known.map(
    (one) =>
      html`<tr><th scope="row" data-label="${range}"><code>${one.range}</code></th><td data-label="${name}">${one.name || '—'}</td></tr>`,
  )}</tbody></table>`
}

function vantages(t: IdentityWords, known: MonitorIdentity['vantages']): Html {
  return html`<h3>${t('identity.vantages')}</h3><p>${t('identity.vantagesSaid')}</p>
<ul>${known.map(({ name, region }) => html`<li>${name}${region ? ` · ${region}` : ''}</li>`)}</ul>`
}
